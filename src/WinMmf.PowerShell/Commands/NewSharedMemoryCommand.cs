using System;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Management.Launching;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>New-SharedMemory: makes a named memory that this session holds.</summary>
[Cmdlet(VerbsCommon.New, "SharedMemory", SupportsShouldProcess = true)]
[OutputType(typeof(SharedMemory))]
public sealed class NewSharedMemoryCommand : NameCommand
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NewNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Bytes of data.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, NamedMemory.MaxDataSize)]
    public long Size { get; set; }

    /// <summary>Where the name shall be visible; Local if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>Accounts that may read it, without its lock.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? ReadAccess { get; set; } = [];

    /// <summary>Accounts that may read, write and lock it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? WriteAccess { get; set; } = [];

    /// <summary>A security descriptor's text in place of accounts (Windows).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public string? Sddl { get; set; }

    /// <summary>Whether it may be paged out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public MemoryResidency Resident { get; set; }

    /// <summary>Keep it alive in a process of its own, also when this session has ended.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchFromText]
    public SwitchParameter KeepAlive { get; set; }

    private protected override bool TakesPatterns => false;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        SharedName shared = new(target.Name, target.Scope ?? NameScope.Local);
        AccessPolicy access = AccessPolicy.From(ReadAccess ?? [], WriteAccess ?? [], Sddl);
        string granted = AccessText.Describe(ReadAccess ?? [], WriteAccess ?? [], Sddl, SharedMemoryKind.Memory);
        if (!ShouldProcess(shared.ToString(), $"Create a shared memory of {Size} bytes{granted}"))
            return;
        NamedMemory memory = KeepAlive
            ? CreateKept(shared)
            : NamedMemory.Create(shared, Size, new NamedMemoryOptions { Access = access, Residency = Resident });
        WarnIfNotResident(Resident, memory.Origin?.Resident ?? default, shared, Size);
        WriteObject(new SharedMemory(memory, isCreator: true, SharedMemorySession.Current));
    }

    private NamedMemory CreateKept(SharedName name)
    {
        ModuleProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        WriteVerbose($"Starting {program.FileName} to keep {name}.");
        WarnIfEndsWithSession(PublisherLauncher.Start(
            program,
            new HoldRequest(name, Size)
            {
                ReadAccess = ReadAccess ?? [],
                WriteAccess = WriteAccess ?? [],
                Sddl = Sddl,
                Resident = Resident,
            },
            StartLimit,
            StoppingToken));
        return OwnerTrust.OpenOwn(name);
    }
}

using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Control;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.PowerShell;

/// <summary>New-SharedMemory: makes a named memory that this session holds.</summary>
[Cmdlet(VerbsCommon.New, "SharedMemory", SupportsShouldProcess = true)]
[OutputType(typeof(SharedMemory))]
public sealed class NewSharedMemoryCommand : WinMmfCommand
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Bytes of data.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, NamedMemory.MaxDataSize)]
    public long Size { get; set; }

    /// <summary>Where the name shall be visible.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope Scope { get; set; }

    /// <summary>Accounts that may use it besides this one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReadAccessCompleter))]
    public string[] ReadAccess { get; set; } = [];

    /// <summary>A security descriptor's text in place of accounts (Windows).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Sddl { get; set; }

    /// <summary>Whether it may be paged out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public MemoryResidency Resident { get; set; }

    /// <summary>Keep it alive in a process of its own, also when this session has ended.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter KeepAlive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Create(name));
    }

    private void Create(string name)
    {
        SharedName shared = new(name, Scope);
        AccessPolicy access = AccessPolicy.From(ReadAccess, Sddl);
        if (!ShouldProcess(shared.ToString(), $"Create a shared memory of {Size} bytes"))
            return;
        NamedMemory memory = KeepAlive ? CreateKept(shared) : NamedMemory.Create(shared, Size, new NamedMemoryOptions { Access = access, Residency = Resident });
        WarnIfNotResident(Resident, memory.Origin?.Resident ?? default, shared, Size);
        WriteObject(new SharedMemory(memory, isCreator: true, SharedMemorySession.Current));
    }

    private NamedMemory CreateKept(SharedName name)
    {
        PublisherProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        WriteVerbose($"Starting {program.FileName} to keep {name}.");
        PublisherLauncher.Start(program, new HoldRequest(name, Size) { ReadAccess = ReadAccess, Sddl = Sddl, Residency = Resident }, StartLimit, StoppingToken);
        return NamedMemory.Open(name.Name, name.Scope);
    }
}

/// <summary>Open-SharedMemory: opens a named memory that exists; this session then holds it.</summary>
[Cmdlet(VerbsCommon.Open, "SharedMemory")]
[OutputType(typeof(SharedMemory))]
public sealed class OpenSharedMemoryCommand : WinMmfCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Ask for the right to read only.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Open(name));
    }

    private void Open(string name)
    {
        NamedMemory memory = NamedMemory.Open(name, Scope, writable: !ReadOnly);
        WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
        WriteObject(new SharedMemory(memory, isCreator: false, SharedMemorySession.Current));
    }
}

/// <summary>Get-SharedMemory: lists the memories that this session holds.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemory")]
[OutputType(typeof(SharedMemory))]
public sealed class GetSharedMemoryCommand : WinMmfCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HeldNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only what is visible there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => WriteObject(SharedMemorySession.Current.Find(new NameFilter(name), Scope), enumerateCollection: true));
    }
}

/// <summary>Close-SharedMemory: lets go of memories that this session holds.</summary>
[Cmdlet(VerbsCommon.Close, "SharedMemory", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class CloseSharedMemoryCommand : WinMmfCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HeldNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only what is visible there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    public NameScope? Scope { get; set; }

    /// <summary>End the process that keeps it alive, too.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter KeepAlive { get; set; }

    /// <summary>What New-SharedMemory, Open-SharedMemory or Get-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public SharedMemory[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            Close(InputObject);
            return;
        }

        foreach (string name in Name)
            Attempt(name, () => Close(new NameFilter(name)));
    }

    private void Close(NameFilter filter)
    {
        if (!KeepAlive)
        {
            Close(SharedMemorySession.Current.Find(filter, Scope));
            return;
        }

        // Looked for first: what this session lets go of might be gone then.
        List<SharedMemoryReport> kept = [.. ReportFinder.Find(filter, Scope)];
        kept.RemoveAll(report => string.IsNullOrEmpty(report.Origin?.KeeperEndpoint) || (filter.IsPattern && report.OwnerProgram is null));
        if (kept.Count == 0 && !filter.IsPattern)
            throw new WinMmfException(WinMmfErrorId.NotFound, $"No process keeps '{filter.Name}' alive. Get-SharedMemoryInfo shows in KeptBy what is kept; without -KeepAlive this session lets go of what it holds.");
        foreach (SharedMemoryReport report in kept)
        {
            if (!ShouldProcess($"{report.Name} (process {report.Owner.ProcessId})", "Close, and end the process that keeps it"))
                continue;
            foreach (SharedMemory memory in SharedMemorySession.Current.List())
            {
                if (memory.Name == report.Name.Name && memory.Scope == report.Name.Scope)
                    memory.Dispose();
            }

            Attempt(report.Name.Name, () => MemoryKeeper.Stop(report.Name, report.Origin!, EndLimit, StoppingToken));
        }
    }

    private void Close(IReadOnlyList<SharedMemory> memories)
    {
        foreach (SharedMemory memory in memories)
        {
            if (ShouldProcess(memory.ToString(), "Close"))
                memory.Dispose();
        }
    }
}

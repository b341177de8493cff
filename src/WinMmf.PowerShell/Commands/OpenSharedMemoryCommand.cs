using System.Management.Automation;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Open-SharedMemory: opens a named memory that exists; this session then holds it.</summary>
[Cmdlet(VerbsCommon.Open, "SharedMemory")]
[OutputType(typeof(SharedMemory))]
public sealed class OpenSharedMemoryCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Open for reading only.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.Memory;

    /// <summary>The account that it must belong to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public string? Owner { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        NamedMemory memory = OwnedMemory.Open(target, writable: !ReadOnly, Owner);
        WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
        WriteObject(new SharedMemory(memory, isCreator: false, SharedMemorySession.Current));
    }
}

using System.Collections.ObjectModel;
using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Use-SharedMemory: opens a memory, locks it, runs a block, and releases everything whatever happens.</summary>
[Cmdlet(VerbsOther.Use, "SharedMemory")]
[OutputType(typeof(object))]
public sealed class UseSharedMemoryCommand : SharedMemoryLockCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>What is done under the lock.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>With other readers, or alone.</summary>
    [Parameter]
    public LockMode Lock { get; set; } = LockMode.Write;

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.Memory;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        Collection<PSObject> output;
        using (HeldLock held = Take(target, Lock, static _ => true)!)
        {
            WarnIfSuspect(held);
            using SharedMemory memory = new(
                OwnedMemory.Open(held.Memory, writable: true, Owner), isCreator: false,
                SharedMemorySession.Current);

            // Collected, not streamed: what follows in the pipeline must not prolong the lock.
            output = ScriptBlock.InvokeWithContext(null, [new PSVariable("_", memory)], memory);
        }

        WriteObject(output, enumerateCollection: true);
    }
}

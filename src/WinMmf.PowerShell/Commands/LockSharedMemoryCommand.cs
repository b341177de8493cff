using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Lock-SharedMemory: takes the lock of a memory for this session.</summary>
[Cmdlet(VerbsCommon.Lock, "SharedMemory", SupportsShouldProcess = true)]
[OutputType(typeof(HeldLock))]
public sealed class LockSharedMemoryCommand : SharedMemoryLockCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>With other readers, or alone.</summary>
    [Parameter(Position = 1)]
    public LockMode Mode { get; set; } = LockMode.Write;

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.Memory;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        HeldLock? held = Take(
            target, Mode, memory => ShouldProcess(memory.ToString(), Mode == LockMode.Read ? "Lock for reading" : "Lock for writing"));
        if (held is null)
            return;
        WarnIfSuspect(held);
        WriteObject(held);
    }
}

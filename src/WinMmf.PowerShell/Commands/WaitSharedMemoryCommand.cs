using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Management.Catalogue;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;
using WinMmf.Time;

namespace WinMmf.PowerShell.Commands;

/// <summary>Wait-SharedMemory: waits until a name exists, is gone, is live, or has a frame.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SharedMemory")]
[OutputType(typeof(SharedMemoryInfo))]
public sealed class WaitSharedMemoryCommand : OwnedNameCommand
{
    private Deadline? _end;

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>What to wait for.</summary>
    [Parameter(Position = 1)]
    public SharedMemoryCondition Until { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        // One for all names: -TimeoutSec is for the whole command.
        Deadline end = _end ??= Deadline.After(AskedTimeout ?? System.Threading.Timeout.InfiniteTimeSpan);
        MemoryWait wait = new(
            target.Name, () => TargetFinder.FindMemories(target), Until, OwnerTrust.Resolve(Owner), target.Scope?.ToString());
        foreach (SharedMemoryReport report in wait.Run(end, AskedTimeout, StoppingToken))
            WriteObject(new SharedMemoryInfo(report));
    }
}

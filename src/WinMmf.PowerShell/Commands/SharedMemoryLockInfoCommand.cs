using System.Management.Automation;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>What Get- and Debug-SharedMemoryLock share: which locks.</summary>
public abstract class SharedMemoryLockInfoCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected sealed override void Process(Target target)
    {
        foreach (SharedName name in TargetFinder.FindLocks(target))
        {
            StoppingToken.ThrowIfCancellationRequested();
            Attempt(name.Name, () => Look(name));
        }
    }

    /// <summary>Looks at one lock and writes what is to be said of it.</summary>
    private protected abstract void Look(SharedName name);
}

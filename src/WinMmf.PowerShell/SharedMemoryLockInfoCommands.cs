using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>What Get- and Debug-SharedMemoryLock share: which locks.</summary>
public abstract class SharedMemoryLockInfoCommand : WinMmfCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string pattern in Name)
        {
            Attempt(pattern, () =>
            {
                foreach (SharedName name in LockFinder.Find(new NameFilter(pattern), Scope))
                {
                    StoppingToken.ThrowIfCancellationRequested();
                    Attempt(name.Name, () => Look(name));
                }
            });
        }
    }

    /// <summary>Looks at one lock and writes what is to be said of it.</summary>
    private protected abstract void Look(SharedName name);
}

/// <summary>Get-SharedMemoryLock: who has the locks of memories, and who waits.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryLock")]
[OutputType(typeof(SharedMemoryLockInfo))]
public sealed class GetSharedMemoryLockCommand : SharedMemoryLockInfoCommand
{
    private protected override void Look(SharedName name) => WriteObject(new SharedMemoryLockInfo(LockInspector.Inspect(name.Name, name.Scope)));
}

/// <summary>Debug-SharedMemoryLock: says what is wrong with a lock, how that is known, and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Debug, "SharedMemoryLock")]
[OutputType(typeof(SharedMemoryLockDiagnosis))]
public sealed class DebugSharedMemoryLockCommand : SharedMemoryLockInfoCommand
{
    /// <summary>Seconds to watch, so that a busy lock and a stuck one can be told apart.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double Sample { get; set; }

    private protected override void Look(SharedName name)
    {
        using NamedMemory memory = NamedMemory.Open(name.Name, name.Scope, writable: false);
        LockSample? sample = Sample > 0 ? LockSample.Watch(memory, ToTimeSpan(Sample), StoppingToken) : null;
        WriteObject(new SharedMemoryLockDiagnosis(sample?.Last ?? LockInspector.Inspect(memory), sample));
    }
}

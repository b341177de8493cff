using System.Management.Automation;
using WinMmf.Management.Locks;
using WinMmf.Names;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Debug-SharedMemoryLock: says what is wrong with a lock, how that is known, and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Debug, "SharedMemoryLock")]
[OutputType(typeof(SharedMemoryLockDiagnosis))]
public sealed class DebugSharedMemoryLockCommand : SharedMemoryLockInfoCommand
{
    /// <summary>Seconds to watch, to distinguish a busy lock from a stuck one.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double Sample { get; set; }

    private protected override void Look(SharedName name)
    {
        LockSample? sample = Sample > 0 ? LockSample.Watch(name, ToTimeSpan(Sample), StoppingToken) : null;
        WriteObject(new SharedMemoryLockDiagnosis(sample?.Last ?? LockInspector.Inspect(name.Name, name.Scope), sample));
    }
}

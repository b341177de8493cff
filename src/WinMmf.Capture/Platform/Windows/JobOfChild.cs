using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using WinMmf.Management.Platform;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Capture.Platform.Windows;

/// <summary>
/// A job object for a child and all that it starts. Only this process has a handle to it, so it closes when the process ends, in whatever
/// way, and Windows then ends what is in it.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class JobOfChild : IChildGuard
{
    private readonly SafeKernelHandle _job;
    private readonly StartedProgram _child;
    private readonly bool _isHeld;

    /// <summary>
    /// Puts a child into a job. A system that forbids jobs within jobs refuses; then the child alone is ended, and what it started ends
    /// with the broken pipe.
    /// </summary>
    public JobOfChild(StartedProgram child)
    {
        _child = child;
        _job = Kernel32.CreateJobObjectW(0, null);
        JobLimits limits = new() { Flags = JobLimits.KillOnClose };
        _isHeld = !_job.IsInvalid
            && Kernel32.SetInformationJobObject(_job, JobLimits.Class, in limits, (uint)Unsafe.SizeOf<JobLimits>())
            && Kernel32.AssignProcessToJobObject(_job, child.Handle!);
    }

    /// <inheritdoc/>
    public void AskToEnd()
    {
        // Windows has no way to.
    }

    /// <inheritdoc/>
    public void Kill()
    {
        if (_isHeld && Kernel32.TerminateJobObject(_job, 1))
            return;
        _child.Kill();
    }

    /// <inheritdoc/>
    public void Dispose() => _job.Dispose();
}

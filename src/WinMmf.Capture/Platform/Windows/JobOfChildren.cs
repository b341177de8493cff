using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Capture.Platform.Windows;

/// <summary>
/// One job object for all children. Only this process has a handle to it, so it closes when the process ends, in whatever way, and Windows
/// then ends what is in it.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class JobOfChildren
{
    private static readonly SafeKernelHandle Job = Make();

    /// <summary>Puts a child into the job. A refusal (a system that forbids nested jobs) leaves it to the broken pipe.</summary>
    public static IDisposable Guard(Process child)
    {
        if (!Job.IsInvalid)
            _ = Kernel32.AssignProcessToJobObject(Job, child.SafeHandle);

        // A process leaves its job when it ends.
        return NoGuard.Instance;
    }

    private static SafeKernelHandle Make()
    {
        SafeKernelHandle job = Kernel32.CreateJobObjectW(0, null);
        if (job.IsInvalid)
            return job;
        JobLimits limits = new() { Flags = JobLimits.KillOnClose };
        _ = Kernel32.SetInformationJobObject(job, JobLimits.Class, in limits, (uint)Unsafe.SizeOf<JobLimits>());
        return job;
    }

    private sealed class NoGuard : IDisposable
    {
        public static readonly NoGuard Instance = new();

        public void Dispose()
        {
        }
    }
}

using System.Runtime.Versioning;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Capture.Platform.Windows;

/// <summary>
/// A timer of high resolution. Sleeping by the system's clock is exact to 15.6 ms, or to a millisecond where that is asked for, which
/// Windows 11 disregards for a process whose windows are hidden or that has none.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class HighResolutionTimer : IFrameTimer
{
    private const long Tick = 100;
    private readonly AutoResetEvent _timer = new(false);
    private readonly WaitHandle[] _both = new WaitHandle[2];

    private HighResolutionTimer(SafeWaitHandle handle)
    {
        _timer.SafeWaitHandle.Dispose();
        _timer.SafeWaitHandle = handle;
        _both[1] = _timer;
    }

    /// <summary>Makes one; null before Windows 10 1803.</summary>
    public static HighResolutionTimer? TryCreate()
    {
        SafeWaitHandle handle = Kernel32.CreateWaitableTimerExW(0, null, Kernel32.HighResolutionTimer, Kernel32.TimerAccess);
        if (!handle.IsInvalid)
            return new HighResolutionTimer(handle);
        handle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public bool Sleep(long nanoseconds, CancellationToken cancellationToken)
    {
        long due = -(nanoseconds / Tick);
        _both[0] = cancellationToken.WaitHandle;
        return due == 0 || !Kernel32.SetWaitableTimer(_timer.SafeWaitHandle, in due, 0, 0, 0, resume: false)
            ? !cancellationToken.IsCancellationRequested
            : WaitHandle.WaitAny(_both) != 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}

using System;
using System.Threading;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Sleeps on the newest word.</summary>
internal sealed unsafe class LinuxSleeper : ISleeper
{
    /// <summary>Nobody wakes a reader without a row for its own sake, so it looks by itself, this often.</summary>
    private const int UnannouncedSlice = 2;

    private readonly uint* _newest;
    private readonly bool _isAnnounced;

    public LinuxSleeper(uint* newest, bool isAnnounced)
    {
        _newest = newest;
        _isAnnounced = isAnnounced;
    }

    public void Sleep(uint seen, int milliseconds)
    {
        int slice = _isAnnounced ? milliseconds : Math.Min(milliseconds, UnannouncedSlice);
        switch (Libc.FutexWait(_newest, seen, slice))
        {
            case 0 or Errno.EAGAIN or Errno.EINTR or Errno.ETIMEDOUT:
                break;
            default:
                // No word there any more, or futexes forbidden: by time, rather than not at all.
                Thread.Sleep(Math.Min(slice, UnannouncedSlice));
                break;
        }
    }

    public void Dispose()
    {
        // Nothing of the system is held.
    }
}

using System;
using System.Threading;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Sleeps on the newest word.</summary>
internal sealed unsafe class LinuxSleeper : ISleeper
{
    /// <summary>How often to look where futexes do not work.</summary>
    private const int PollMilliseconds = 2;

    private readonly uint* _newest;

    public LinuxSleeper(uint* newest) => _newest = newest;

    public bool Sleep(uint seen, int milliseconds)
    {
        switch (Libc.FutexWait(_newest, seen, milliseconds))
        {
            case 0:
                return true;
            case Errno.EAGAIN or Errno.EINTR or Errno.ETIMEDOUT:
                break;
            default:
                // The word is gone, or futexes are forbidden: wait by time instead.
                Thread.Sleep(Math.Min(milliseconds, PollMilliseconds));
                break;
        }

        return false;
    }

    public void Dispose()
    {
        // Holds no system resource.
    }
}

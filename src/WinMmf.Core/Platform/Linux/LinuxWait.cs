using System.Threading;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>A bounded wait for something that takes others microseconds, unless they were stopped in the middle of it.</summary>
internal struct LinuxWait
{
    /// <summary>For what must succeed.</summary>
    public const int Long = 2000;

    /// <summary>For what is done without if it does not.</summary>
    public const int Short = 50;

    private readonly long _end;
    private int _tries;

    public LinuxWait(int milliseconds)
    {
        _end = MonotonicClock.Now + (milliseconds * 1_000_000L);
        _tries = 0;
    }

    /// <summary>Waits a moment; false if the time is over.</summary>
    public bool TryAgain()
    {
        if (MonotonicClock.Now >= _end)
            return false;
        if (++_tries <= 3)
            Thread.Yield();
        else
            Thread.Sleep(1);
        return true;
    }
}

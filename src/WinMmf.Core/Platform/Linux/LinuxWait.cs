using System;
using System.Threading;
using WinMmf.Time;

namespace WinMmf.Platform.Linux;

/// <summary>A bounded wait for a step that takes other processes microseconds, unless they are stopped in the middle of it.</summary>
internal struct LinuxWait
{
    /// <summary>For what must succeed.</summary>
    public const int Long = 2000;

    /// <summary>For what is done without if it does not.</summary>
    public const int Short = 50;

    /// <summary>For the lock of a process of the same account, which a busy machine may keep from going on for a while.</summary>
    public const int Trusted = 1000;

    private readonly Deadline _deadline;
    private int _tries;

    public LinuxWait(int milliseconds)
    {
        _deadline = Deadline.After(TimeSpan.FromMilliseconds(milliseconds));
        _tries = 0;
    }

    /// <summary>Waits a moment; false if the time is over.</summary>
    public bool TryAgain()
    {
        if (_deadline.IsOver)
            return false;
        if (++_tries <= 3)
            Thread.Yield();
        else
            Thread.Sleep(1);
        return true;
    }
}

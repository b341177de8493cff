using System;
using System.Threading;
using WinMmf.Time;

namespace WinMmf.Publisher.Publishing;

/// <summary>Cancels once a time is over, however long it is: the runtime's timers count to 24 days.</summary>
internal sealed class DurationLimit : IDisposable
{
    private readonly Deadline _deadline;
    private readonly Action _over;
    private readonly Timer _timer;
    private readonly int _slice;

    /// <summary>Begins to count.</summary>
    /// <param name="time">How long.</param>
    /// <param name="over">Called once, on another thread.</param>
    /// <param name="slice">The longest that one timer counts, in milliseconds.</param>
    public DurationLimit(TimeSpan time, Action over, int slice = int.MaxValue)
    {
        _deadline = Deadline.After(time);
        _over = over;
        _slice = slice;
        _timer = new Timer(static state => ((DurationLimit)state!).Look(), this, Timeout.Infinite, Timeout.Infinite);
        Arm();
    }

    public void Dispose() => _timer.Dispose();

    private void Arm() => _timer.Change(_deadline.MillisecondsUpTo(_slice), Timeout.Infinite);

    private void Look()
    {
        try
        {
            if (_deadline.IsOver)
                _over();
            else
                Arm();
        }
        catch (ObjectDisposedException)
        {
            // What was to end has ended.
        }
    }
}

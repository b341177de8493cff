using System;
using System.Threading;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>A service loop whose time passes while it sleeps, and only then, so that a minute takes no time.</summary>
internal sealed class SteppedLoop : ServiceLoop
{
    private readonly ManualResetEventSlim _ended = new();
    private long _now = 1_000_000_000;
    private bool _isInterrupted;
    private Exception? _failure;

    /// <summary>Called before each sleep, on the thread of the loop, with the milliseconds; returns how many of them pass.</summary>
    public Func<int, int> Sleeping { get; set; } = static milliseconds => milliseconds;

    /// <summary>Sleeps so far.</summary>
    public int Sleeps { get; private set; }

    public int Interrupts { get; private set; }

    public long Milliseconds => Now / 1_000_000;

    protected override bool CanRest => true;

    protected override long Now => Volatile.Read(ref _now);

    /// <summary>Waits until <see cref="Sleeping"/> has called <see cref="End"/>, or has failed.</summary>
    public void WaitForEnd()
    {
        Assert.True(_ended.Wait(Given.Patience));
        if (_failure is not null)
            throw new InvalidOperationException("It failed on the thread of the loop: " + _failure.Message, _failure);
    }

    /// <summary>To be called by <see cref="Sleeping"/>: this sleep is the last one.</summary>
    public void End(IServiced serviced)
    {
        Remove(serviced);
        _ended.Set();
    }

    protected override void Wait(int milliseconds)
    {
        Sleeps++;
        int passed = milliseconds;
        try
        {
            passed = Sleeping(milliseconds);
        }
        catch (Exception e)
        {
            _failure = e;
            _ended.Set();
            Sleeping = static milliseconds =>
            {
                Thread.Sleep(milliseconds);
                return milliseconds;
            };
        }

        if (_isInterrupted)
            passed = 0;
        _isInterrupted = false;
        Volatile.Write(ref _now, _now + (passed * 1_000_000L));
    }

    protected override void Interrupt()
    {
        Interrupts++;
        _isInterrupted = true;
    }
}

using System;
using System.Threading;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// One of those whose steps are put into an order; it runs only while it has the turn. It has a thread of its own, for when it begins while
/// another one is in the middle of its steps.
/// </summary>
internal sealed class Participant : IDisposable
{
    private readonly SemaphoreSlim _begin = new(0);
    private readonly SemaphoreSlim _turn = new(0);
    private readonly Thread _thread;
    private Schedule? _schedule;
    private bool _isEnding;

    public Participant(int index)
    {
        Index = index;
        _thread = new Thread(Loop) { IsBackground = true, Name = $"participant {index}" };
        _thread.Start();
    }

    public int Index { get; }

    public Action Body { get; private set; } = static () => { };

    /// <summary>False for one that is never killed.</summary>
    public bool MayCrash { get; private set; }

    public bool HasBegun { get; set; }

    public bool IsDone { get; set; }

    public bool IsCrashed { get; set; }

    /// <summary>True if nobody who could have ended its wait was left.</summary>
    public bool IsStuck { get; set; }

    /// <summary>True while it waits for what others do.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>How many changes others had made when it began to wait.</summary>
    public int SeenChanges { get; set; }

    /// <summary>How many changes it has made itself.</summary>
    public int OwnChanges { get; set; }

    public void Prepare(Schedule schedule, Action body, bool mayCrash)
    {
        _schedule = schedule;
        Body = body;
        MayCrash = mayCrash;
        HasBegun = IsDone = IsCrashed = IsStuck = IsWaiting = false;
        SeenChanges = OwnChanges = 0;
    }

    /// <summary>Begins on its own thread.</summary>
    public void Begin() => _begin.Release();

    public void GiveTurn() => _turn.Release();

    public void AwaitTurn() => _turn.Wait();

    public void Dispose()
    {
        _isEnding = true;
        _begin.Release();
        _thread.Join();
        _begin.Dispose();
        _turn.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            _begin.Wait();
            if (_isEnding)
                return;
            _schedule!.Host(this);
        }
    }
}

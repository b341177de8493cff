using System;

namespace WinMmf.Capture;

/// <summary>
/// How long to wait before what failed is started again: doubled at each failure that follows soon, up to 10 s, so that who plugs a camera
/// in again waits ten seconds at most.
/// </summary>
internal sealed class BackOff
{
    /// <summary>The pause after a first failure.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(500);

    /// <summary>Who has run for so long before it failed begins again with the first pause.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly TimeSpan _first;
    private readonly TimeSpan _steady;
    private TimeSpan _next;

    /// <summary>Begins with the first pause.</summary>
    /// <param name="first">It.</param>
    /// <param name="steady">Who has run for so long before it failed begins again with it.</param>
    public BackOff(TimeSpan first, TimeSpan steady)
    {
        _first = first;
        _steady = steady;
        _next = first;
    }

    /// <summary>The pause after another failure.</summary>
    /// <param name="ran">How long it ran before it failed.</param>
    public TimeSpan Next(TimeSpan ran)
    {
        if (ran > _steady)
            _next = _first;
        TimeSpan pause = _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }

    /// <summary>Begins again with the first pause.</summary>
    public void Reset() => _next = _first;
}

using System;
using System.Collections.Generic;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// The choices of one schedule, and from them the next one: the last choice that has another alternative takes it (depth first). So all
/// schedules come, each once, if what is chosen from depends on nothing but the choices before.
/// </summary>
internal sealed class Choices
{
    private readonly List<(int Taken, int Count)> _made = [];
    private int _next;
    private Random? _random;

    /// <summary>Chooses one of several alternatives; 0 comes first.</summary>
    public int Choose(int count)
    {
        if (count == 1)
            return 0;
        if (_random is not null)
            return _random.Next(count);
        if (_next == _made.Count)
            _made.Add((0, count));
        (int taken, int before) = _made[_next++];
        return before == count
            ? taken
            : throw new InvalidOperationException($"The schedule cannot be repeated: {count} alternatives where there were {before}.");
    }

    /// <summary>Goes on to the next schedule; false if all have been.</summary>
    public bool Advance()
    {
        _next = 0;
        while (_made.Count > 0)
        {
            (int taken, int count) = _made[^1];
            _made.RemoveAt(_made.Count - 1);
            if (taken + 1 == count)
                continue;
            _made.Add((taken + 1, count));
            return true;
        }

        return false;
    }

    /// <summary>From here on choices are drawn, each schedule from a number of its own, so that it can be had again.</summary>
    public void Draw(int seed) => _random = new Random(seed);
}

using WinMmf.Platform;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// The publisher's end of the rows of a stepped channel. Each row has an event that one wake sets and one sleep resets, as on Windows.
/// </summary>
internal sealed class SteppedPublisherRows : PublisherRows
{
    private readonly Schedule _schedule;
    private readonly bool[] _isSet;

    public unsafe SteppedPublisherRows(Schedule schedule, SteppedReaderRow[] rows)
    {
        _schedule = schedule;
        _isSet = new bool[rows.Length];
        PublisherRow[] table = new PublisherRow[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            table[i] = new PublisherRow(rows[i].Number, rows[i].Line);
        Extend(table);
    }

    public override bool MayRest => true;

    /// <summary>False, as on Windows: so only who says that he sleeps is woken.</summary>
    public override bool CanWakeAnybody => false;

    public override int Wake(ulong sleeping)
    {
        _schedule.Step("wakes");
        int woken = 0;
        for (int i = 0; i < _isSet.Length; i++)
        {
            if ((sleeping & (1UL << (i + 1))) == 0)
                continue;
            _isSet[i] = true;
            woken++;
        }

        _schedule.Change();
        return woken;
    }

    /// <summary>Sleeps until it is woken.</summary>
    public void Sleep(int reader)
    {
        _schedule.Step("falls asleep");
        while (!_isSet[reader])
            _schedule.Wait("sleeps");
        _isSet[reader] = false;
    }

    public override void WakeAll() => Wake(ulong.MaxValue);

    public override void Dispose()
    {
    }
}

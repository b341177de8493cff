using System.Threading;
using WinMmf.Layouts;

namespace WinMmf.Frames;

/// <summary>The counters of a control section. Only the publisher writes them, so adding needs no atomic operation.</summary>
internal static unsafe class CounterBlock
{
    /// <summary>Adds to a counter; the publisher only.</summary>
    public static void Add(byte* control, int offset, long amount) =>
        Volatile.Write(ref *(long*)(control + offset), *(long*)(control + offset) + amount);

    /// <summary>Reads all counters. Plain reads: 64-bit volatile reads fault on a read-only map in 32-bit processes.</summary>
    public static ChannelCounters Read(byte* control) => new(
        *(long*)(control + ControlLayout.PublishedCounter),
        *(long*)(control + ControlLayout.DroppedCounter),
        *(long*)(control + ControlLayout.LeasedSlotsPassedCounter),
        *(long*)(control + ControlLayout.LeasesIgnoredCounter),
        *(long*)(control + ControlLayout.WakeUpsCounter),
        *(long*)(control + ControlLayout.SourceRestartsCounter),
        *(long*)(control + ControlLayout.RowsClearedCounter),
        *(long*)(control + ControlLayout.GateClosedCounter),
        *(long*)(control + ControlLayout.RowsGivenCounter),
        *(long*)(control + ControlLayout.RowsRefusedCounter),
        *(long*)(control + ControlLayout.MovesCounter),
        *(long*)(control + ControlLayout.PixelsReusedCounter));

    /// <summary>Copies all counters to a new control section.</summary>
    public static void Copy(byte* from, byte* to)
    {
        for (int offset = ControlLayout.Counters; offset < ControlLayout.CountersEnd; offset += sizeof(long))
            *(long*)(to + offset) = *(long*)(from + offset);
    }
}

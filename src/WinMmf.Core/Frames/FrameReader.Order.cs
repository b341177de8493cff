using System.Threading;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Frames;

// Which frame comes next, for those who read in order: docs/protocol.md section 5.3.
public sealed unsafe partial class FrameReader
{
    /// <summary>
    /// The slot with the oldest whole frame after a given one; −1 if there is none. A publisher that only looks at slots
    /// (5.1 step 3) makes them odd for an instant: before a gap is accepted, they get the time to come back.
    /// </summary>
    private int SlotAfter(long after)
    {
        int best = OldestAfter(after, out bool mayComeBack);
        if (!mayComeBack)
            return best;
        long limit = MonotonicClock.Now + _lookAgain;
        do
        {
            Thread.Yield();
            best = OldestAfter(after, out mayComeBack);
        }
        while (mayComeBack && MonotonicClock.Now < limit);
        return best;
    }

    /// <param name="after">The frame's number.</param>
    /// <param name="mayComeBack">True if an odd slot still names a frame in the gap before the one that was found.</param>
    private int OldestAfter(long after, out bool mayComeBack)
    {
        int best = -1;
        ulong bestNumber = ulong.MaxValue, leastOdd = ulong.MaxValue;
        for (int i = 0; i < _slots; i++)
        {
            byte* s = _c + ControlLayout.Slot(i);
            uint sequence = Volatile.Read(ref *(uint*)(s + SlotLayout.Sequence));
            ulong number = *(ulong*)(s + SlotLayout.FrameNumber);
            if (number <= (ulong)after)
                continue;
            if ((sequence & 1) != 0 || !IsUnchanged(i, sequence))
            {
                if (number < leastOdd)
                    leastOdd = number;
            }
            else if (number < bestNumber)
            {
                best = i;
                bestNumber = number;
            }
        }

        mayComeBack = best >= 0 && leastOdd < bestNumber;
        return best;
    }
}

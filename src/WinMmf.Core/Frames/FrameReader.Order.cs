using System.Threading;
using WinMmf.Layouts;

namespace WinMmf.Frames;

/// <content>Which frame comes next, for those who read in order (<c>docs/protocol.md</c> 6.2).</content>
public sealed unsafe partial class FrameReader
{
    /// <summary>The slot with the oldest whole frame after a given one; −1 if there is none.</summary>
    private int SlotAfter(long after)
    {
        int best = -1;
        ulong bestNumber = ulong.MaxValue;
        for (int i = 0; i < _slots; i++)
        {
            byte* s = _c + ControlLayout.Slot(i);
            uint sequence = Volatile.Read(ref *(uint*)(s + SlotLayout.Sequence));
            ulong number = *(ulong*)(s + SlotLayout.FrameNumber);
            if (number > (ulong)after && number < bestNumber && (sequence & 1) == 0 && IsUnchanged(i, sequence))
            {
                best = i;
                bestNumber = number;
            }
        }

        return best;
    }
}

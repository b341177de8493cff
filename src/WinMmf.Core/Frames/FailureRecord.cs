using System;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>The last failure of a channel's source, in the control section: for people (protocol 3.4).</summary>
internal sealed unsafe class FailureRecord
{
    private const int ReadTries = 8;

    private FailureRecord(DateTime at, string text)
    {
        At = at;
        Text = text;
    }

    /// <summary>When, UTC.</summary>
    public DateTime At { get; }

    /// <summary>Why, as the publisher says.</summary>
    public string Text { get; }

    /// <summary>Writes it under an odd sequence. The publisher only, and one thread at a time.</summary>
    public static void Write(byte* control, string text) => Write(control, MonotonicClock.UnixNow, text);

    /// <summary>Copies it to a new control section that no reader has yet.</summary>
    public static void Copy(byte* from, byte* to)
    {
        if (TryRead(from, out long at, out string text))
            Write(to, at, text);
    }

    /// <summary>Reads it; null if there was no failure, or if its writer died while writing.</summary>
    public static FailureRecord? Read(SharedSection control) =>
        TryRead(control.Address, out long at, out string text) ? new FailureRecord(MonotonicClock.ToUtc(at), text) : null;

    private static void Write(byte* control, long at, string text)
    {
        uint* sequence = (uint*)(control + ControlLayout.FailureSequence);
        uint before = *sequence;
        Volatile.Write(ref *sequence, (before | 1) + 2);

        // Full fence. Partner: the acquire fence in TryRead. Who sees any new byte sees the odd sequence too.
        Thread.MemoryBarrier();
        *(long*)(control + ControlLayout.FailedAt) = at;
        SharedText.Write(control + ControlLayout.Failure, ControlLayout.FailureBytes, text);

        // Release. Partner: the acquiring first read in TryRead.
        Volatile.Write(ref *sequence, (before | 1) + 3);
    }

    private static bool TryRead(byte* control, out long at, out string text)
    {
        byte* copy = stackalloc byte[ControlLayout.FailureBytes];
        uint* sequence = (uint*)(control + ControlLayout.FailureSequence);
        for (int i = 0; i < ReadTries; i++)
        {
            uint before = Volatile.Read(ref *sequence);
            at = *(long*)(control + ControlLayout.FailedAt);
            Buffer.MemoryCopy(control + ControlLayout.Failure, copy, ControlLayout.FailureBytes, ControlLayout.FailureBytes);

            // Acquire fence. Partner: the full fence in Write.
            ReadFence.Acquire();
            if (before == 0)
                break;
            if ((before & 1) == 0 && Volatile.Read(ref *sequence) == before)
            {
                text = SharedText.Read(copy, ControlLayout.FailureBytes);
                return true;
            }
        }

        at = 0;
        text = "";
        return false;
    }
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <content>Waiting for a frame (<c>docs/protocol.md</c> 7.2 to 7.4).</content>
public sealed unsafe partial class FrameReader
{
    private const long AnnouncedNanoseconds = 200_000;

    /// <summary>Sleeps until a frame newer than a given one can be read.</summary>
    /// <param name="frameNumber">The last frame seen; 0 for any.</param>
    /// <param name="timeout">How long at most; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the wait within 100 ms.</param>
    /// <returns>True if there is a newer frame, false if the time ran out.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader.</exception>
    public bool Wait(long frameNumber, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Deadline deadline = Deadline.After(timeout);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfUnusable();
            uint seen = ReadNewest();
            FrameReadStatus status = TryPeek(out FrameInfo info);
            if (status == FrameReadStatus.Ok && info.FrameNumber > After(frameNumber))
                return true;
            int slice = deadline.MillisecondsUpTo(SliceMilliseconds);
            if (slice == 0)
                return false;

            // With the same word an honest publisher is not at the slot that it names: a dead or hostile one gets no loop without a pause.
            if (status == FrameReadStatus.Overrun && ReadNewest() != seen)
                continue;
            TakeRowAgain();
            if (Sleep(seen, slice) && ReadNewest() == seen)
                AwaitAnnounced(seen);
        }
    }

    /// <summary>Sleeps for a slice. True if the publisher ended it.</summary>
    private bool Sleep(uint seen, int milliseconds)
    {
        if (_row is null)
            return _sleeper.Sleep(seen, milliseconds);

        bool woken = _words.MaySleep(_row, seen) && _sleeper.Sleep(seen, milliseconds);
        SlotReader<SharedStepMemory>.StandUp(_row);
        return woken;
    }

    /// <summary>
    /// Woken before there is a new frame: the publisher is filling its last bytes (<see cref="FrameWriter.Announce"/>). Going back to
    /// sleep would cost another wake-up; other threads get the processor meanwhile, the publisher's above all.
    /// </summary>
    private void AwaitAnnounced(uint seen)
    {
        long limit = MonotonicClock.Now + AnnouncedNanoseconds;
        do
        {
            for (int i = 0; i < 10; i++)
            {
                if (ReadNewest() != seen)
                    return;
                Thread.SpinWait(8);
            }

            Thread.Yield();
        }
        while (MonotonicClock.Now < limit);
    }
}

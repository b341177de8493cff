using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <content>
/// Going on with the next publisher, the next door, and with a channel that moved (<c>docs/protocol.md</c> 3.2, 7.13, 7.14, 11.3).
/// </content>
public sealed unsafe partial class FrameReader
{
    private const long RowPauseNanoseconds = 1_000_000_000;
    private const long MovePauseNanoseconds = 50_000_000;
    private const long SilentNanoseconds = 1_000_000_000;

    private long _nextRowTry;
    private long _nextMoveTry;
    private long _beatSeenAt;
    private long _lastOfEarlierChannel;
    private uint _askedBefore;
    private uint _beat;

    /// <summary>Notices that the description has changed; costs one load when it has not.</summary>
    private void Follow()
    {
        if (Volatile.Read(ref *(uint*)(_c + ControlLayout.DescriptionSequence)) != _description.Sequence)
            ReadDescription();
        if (_description.IsMoved ? MonotonicClock.Now >= _nextMoveTry : IsAbandoned())
            FollowMove();
    }

    /// <summary>
    /// True if the publisher has been silent and the name leads to this channel no more: who found it dead and its folder or owner file
    /// missing has removed the channel, which it may not take over or mark as moved. By the reader's own clock, so that it holds in
    /// another container too.
    /// </summary>
    private bool IsAbandoned()
    {
        if (_control.Asked == _askedBefore)
            return false;
        _askedBefore = _control.Asked;
        long now = MonotonicClock.Now;
        uint beat = Volatile.Read(ref *(uint*)(_c + ControlLayout.Heartbeat));
        if (beat != _beat || _beatSeenAt == 0)
        {
            _beat = beat;
            _beatSeenAt = now;
        }

        return now - _beatSeenAt > SilentNanoseconds && now >= _nextMoveTry && !_control.IsStillNamed();
    }

    private void ReadDescription()
    {
        // Being written, or left half written by a publisher that died: what is known still holds for the frames that are there.
        ControlDescription? now = ControlDescription.TryRead(_control, Name);
        if (now is null)
            return;
        if (now.Slots != _slots)
            throw ControlAnchor.Corrupt(Name, $"it had {_slots} slots and now has {now.Slots}");
        bool isNewPublisher = now.Epoch != _description.Epoch;
        _description = now;
        if (isNewPublisher && !now.IsMoved)
            RenewRow();
    }

    private void FollowMove()
    {
        _nextMoveTry = MonotonicClock.Now + MovePauseNanoseconds;
        SharedSection? next = null;
        bool keep = false;
        try
        {
            next = _platform.Sections.TryOpen(Name, writable: false);
            if (next is null || next.Owner != _control.Owner)
                return;
            ControlAnchor.Check(next, Name);
            ControlDescription description = ControlDescription.Read(next, Name);
            if (description.IsMoved)
                return;
            Replace(next, description);
            keep = true;
        }
        catch (WinMmfException)
        {
            // Not there yet, or nothing of ours: the old one is kept, and looked for again with the next slice.
        }
        finally
        {
            if (!keep)
                next?.Dispose();
        }
    }

    private void Replace(SharedSection control, ControlDescription description)
    {
        SharedSection old = _control;
        PixelsSection? oldPixels = _pixels;
        _sleeper.Dispose();
        _control = control;
        _c = control.Address;
        _description = description;
        _slots = description.Slots;
        _words = new SlotReader<SharedStepMemory>(_c, _slots);
        _pixels = null;
        _beatSeenAt = 0;
        DateTime created = MonotonicClock.ToUtc(description.CreatedAt);
        if (created != CreatedAt)
        {
            // Another channel, and not this one moved: its frames are counted from 1.
            CreatedAt = created;
            _lastOfEarlierChannel = Math.Max(_lastOfEarlierChannel, _lastSeen);
            _lastRead = 0;
            _lastSeen = 0;
            _lastEpoch = 0;
            _restarts++;
        }

        RenewRow();

        // The leased frame is in the old pixels, and is judged by the old control.
        if (!ReferenceEquals(oldPixels, _leasedPixels))
            oldPixels?.Dispose();
        if (!ReferenceEquals(old, _leasedControl))
            old.Dispose();
        MapPixelsEarly(description.Generation);
    }

    /// <summary>
    /// The number after which to read: 0 for that of a frame of an earlier channel under the name, which all frames of this one come after.
    /// </summary>
    private long After(long frameNumber) => frameNumber > _lastSeen && frameNumber <= _lastOfEarlierChannel ? 0 : frameNumber;

    private void RenewRow()
    {
        _row?.Dispose();
        _row = null;
        _unanswered?.Dispose();
        _unanswered = null;
        TakeRow();
        RenewSleeper();
    }

    private void RenewSleeper()
    {
        _sleeper.Dispose();
        _sleeper = _platform.Channels.OpenSleeper(Name, _row, (uint*)(_c + ControlLayout.Newest));
    }

    private void TakeRow()
    {
        if (!_options.UseRegistry || _description.IsMoved)
            return;
        _row = _platform.Channels.TryGetRow(Name, _control, _description.Epoch, _options.Label, out _unanswered);
        _nextRowTry = MonotonicClock.Now + RowPauseNanoseconds;
    }

    /// <summary>
    /// Takes what the publisher has answered since. A request that it is slow to answer is kept: another one would cost it another row.
    /// </summary>
    private void TakeLateRow()
    {
        if (_unanswered is null || !_unanswered.TryFinish(0, out _row))
            return;
        _unanswered = null;
        _nextRowTry = MonotonicClock.Now + RowPauseNanoseconds;
        if (_row is not null)
            RenewSleeper();
    }

    /// <summary>Between two slices of waiting: a row may have become free, or the publisher may have answered.</summary>
    private void TakeRowAgain()
    {
        TakeLateRow();
        if (_row is null && _unanswered is null && _options.UseRegistry && MonotonicClock.Now >= _nextRowTry
            && ChannelInspector.IsPublishing(_platform, _description))
        {
            RenewRow();
        }
    }
}

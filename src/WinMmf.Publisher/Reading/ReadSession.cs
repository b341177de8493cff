using System;
using System.Globalization;
using System.Threading;
using WinMmf.Access;
using WinMmf.Capture;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Imaging;
using WinMmf.Time;

namespace WinMmf.Publisher.Reading;

/// <summary>Reads a channel until a limit, its end, or Ctrl+C.</summary>
internal sealed class ReadSession
{
    private const int RetryMilliseconds = 1;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);
    private readonly ReadSettings _settings;
    private readonly ReadView _view;
    private readonly ReadStatistics _statistics = new();
    private long _openedAt;
    private ReadEnd? _outputEnd;

    public ReadSession(ReadSettings settings, ReadView view)
    {
        _settings = settings;
        _view = view;
    }

    /// <summary>Reads and gives the exit code.</summary>
    public int Run(CancellationToken cancellationToken)
    {
        try
        {
            FrameReaderOptions options = new() { WaitForChannel = _settings.Wait, Label = "WinMmf read", Owner = _settings.Owner };
            using FrameReader reader = FrameReader.Open(_settings.Name, _settings.Scope, options, cancellationToken);
            using FrameBuffer buffer = new();
            WarmUp(reader, buffer);
            if (_settings.Output is not null)
                _settings.Output.Described = _view.Described;
            _openedAt = MonotonicClock.Now;
            _view.Opened(reader, _settings.Owner is null ? OwnerTrust.FindForeign(reader.OwnerId) : null, _statistics);
            ReadEnd end = Read(reader, buffer, cancellationToken);
            string? saved = _settings.Save is null ? null : Save(reader, buffer);
            _view.Ended(_statistics, end, saved);
            return CodeOf(end);
        }
        catch (OperationCanceledException)
        {
            // While waiting for the channel.
            _view.Ended(_statistics, ReadEnd.Interrupted, null);
            return CodeOf(ReadEnd.Interrupted);
        }
        catch (WinMmfException e)
        {
            _view.Failed(e, _statistics);
            return ExitCode.Of(e.ErrorId);
        }
    }

    private int CodeOf(ReadEnd end)
    {
        bool hadLimit = _settings.Frames > 0 || _settings.Duration is not null;
        if (!_statistics.IsGood)
            return ExitCode.Failed;
        return end switch
        {
            ReadEnd.Interrupted when hadLimit => ExitCode.Interrupted,
            ReadEnd.PublisherStopped when _settings.Frames > 0 => ExitCode.Failed,
            ReadEnd.FormatChanged => ExitCode.Failed,
            _ => ExitCode.Ok,
        };
    }

    private ReadEnd Read(FrameReader reader, FrameBuffer buffer, CancellationToken cancellationToken)
    {
        Deadline end = Deadline.After(_settings.Duration ?? Timeout.InfiniteTimeSpan);
        long lastFrameAt = MonotonicClock.Now;
        while (_settings.Frames == 0 || _statistics.Read < _settings.Frames)
        {
            if (end.IsOver)
                return ReadEnd.Duration;
            bool isThere;
            try
            {
                isThere = reader.Wait(_statistics.LastNumber, end.LeftUpTo(Slice), cancellationToken);
                if (isThere && Take(reader, buffer, end, cancellationToken))
                {
                    if (_outputEnd is ReadEnd over)
                        return over;
                    lastFrameAt = MonotonicClock.Now;
                    continue;
                }
            }
            catch (OperationCanceledException)
            {
                return cancellationToken.IsCancellationRequested ? ReadEnd.Interrupted : ReadEnd.Duration;
            }

            // It cannot be copied: overtaken just now, or its pixels are gone, or a forger never made them.
            if (isThere)
                cancellationToken.WaitHandle.WaitOne(RetryMilliseconds);
            else if (IsOver(reader))
                return ReadEnd.PublisherStopped;
            if (Since(lastFrameAt) > _settings.Timeout)
                throw NothingComes(reader, isThere);
        }

        return ReadEnd.Frames;
    }

    /// <summary>Compiles the code and touches the memory that all frames use, so that the first frame does not pay for it.</summary>
    private void WarmUp(FrameReader reader, FrameBuffer buffer)
    {
        buffer.Grow((int)Math.Min(FrameFormat.MaxPayload, reader.Inspect().SlotCapacity));
        if (reader.TryPeek(out _) == FrameReadStatus.NoFrame)
            _ = Copy(reader, buffer, out _);
        SyntheticPayload.IsWhole(new byte[64], out _);
    }

    private static TimeSpan Since(long time) => TimeSpan.FromTicks((MonotonicClock.Now - time) / 100);

    /// <summary>True if the publisher has ended and there is nothing left to read.</summary>
    private bool IsOver(FrameReader reader)
    {
        ChannelState state = reader.State;
        if (state is not (ChannelState.Stopped or ChannelState.Failed))
            return false;

        // The last frame may have come between the wait and the look at the state.
        if (reader.Wait(_statistics.LastNumber, TimeSpan.Zero))
            return false;
        if (state == ChannelState.Stopped)
            return true;
        if (reader.Inspect().OwnerProgram is null)
            throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"The publisher of {reader.Name} ended because its source failed. Look at its own output or log, and start it again.");
        return false;
    }

    private WinMmfException NothingComes(FrameReader reader, bool isThere)
    {
        string why = reader.State switch
        {
            _ when isThere => "it says that there is one, but its pixels are gone or not as they must be",
            ChannelState.Dead => "its publisher was killed or crashed; start it again",
            ChannelState.Stalled => "its publisher's process is there and does nothing: stopped, or overloaded",
            ChannelState.Failed => "its source failed and the publisher tries again",
            ChannelState.Starting => "its publisher has not published yet",
            _ => "its publisher lives, so the source may be slow; wait longer with --timeout",
        };
        return new WinMmfException(
            WinMmfErrorId.Timeout,
            $"{reader.Name} had no new frame for "
                + $"{_settings.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s: {why}.");
    }

    /// <summary>Takes one frame. False if it is gone already.</summary>
    private bool Take(FrameReader reader, FrameBuffer buffer, Deadline end, CancellationToken cancellationToken)
    {
        if (_settings.Lease && reader.TryLeaseNewest(out FrameLease lease))
        {
            long inHand = MonotonicClock.Now;
            bool isWhole = Look(lease.Span, out string? hash);
            isWhole &= lease.End();
            Count(reader, lease.Info, inHand, isWhole, hash);
            return true;
        }

        if (!TryCopy(reader, buffer, out long copiedAt))
            return false;
        if (_settings.Lease)
            _statistics.CopiedInstead++;
        bool isCopyWhole = Look(buffer.Payload, out string? copyHash);
        if (_settings.Output is not null && !Write(reader, buffer, end, cancellationToken))
            return true;
        Count(reader, buffer.Info, copiedAt, isCopyWhole, copyHash);
        return true;
    }

    /// <summary>Writes a frame for another program. False if that has come to an end.</summary>
    private bool Write(FrameReader reader, FrameBuffer buffer, Deadline end, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_settings.Duration is not null)
            limit.CancelAfter(end.MillisecondsUpTo(int.MaxValue));
        _outputEnd = _settings.Output!.Write(buffer, () => reader.Inspect().FrameRate, limit.Token);
        return _outputEnd is null;
    }

    /// <summary>Copies one frame, making room if needed.</summary>
    private bool TryCopy(FrameReader reader, FrameBuffer buffer, out long copiedAt)
    {
        FrameReadStatus status = Copy(reader, buffer, out FrameInfo info);
        if (status == FrameReadStatus.BufferTooSmall)
        {
            buffer.Grow(info.Format.PayloadLength);
            status = Copy(reader, buffer, out info);
        }

        copiedAt = MonotonicClock.Now;
        if (status != FrameReadStatus.Ok)
            return false;
        buffer.Info = info;
        buffer.HasFrame = true;
        return true;
    }

    private FrameReadStatus Copy(FrameReader reader, FrameBuffer buffer, out FrameInfo info)
    {
        if (!_settings.Every)
            return reader.TryCopyNewest(buffer.Address, buffer.Capacity, out info);
        return _statistics.LastNumber == 0
            ? reader.TryCopyOldest(buffer.Address, buffer.Capacity, out info)
            : reader.TryCopyAfter(_statistics.LastNumber, buffer.Address, buffer.Capacity, out info);
    }

    /// <summary>Verifies and hashes, as asked. True if nothing is wrong.</summary>
    private bool Look(ReadOnlySpan<byte> payload, out string? hash)
    {
        hash = _settings.Hash ? ReadView.Hash(payload) : null;
        return !_settings.Verify || SyntheticPayload.IsWhole(payload, out _);
    }

    private void Count(FrameReader reader, in FrameInfo info, long inHand, bool isWhole, string? hash)
    {
        // A frame that was published before this reader opened the channel does not count as late.
        if (info.PublishedAt >= _openedAt)
            _statistics.Latency.Add(inHand - info.PublishedAt);
        _statistics.Age = TimeSpan.FromTicks((inHand - info.CapturedAt) / 100);
        _statistics.Read++;
        if (!isWhole)
            _statistics.Torn++;
        if (info.FrameNumber <= _statistics.LastNumber)
            _statistics.Disordered++;
        _statistics.LastNumber = info.FrameNumber;
        ReaderCounters counters = reader.Counters;
        _statistics.Skipped = counters.Skipped;
        _statistics.Retries = counters.Retries;
        _statistics.Dropped = reader.ChannelCounters.Dropped;
        if (hash is not null)
            _view.Hashed(info.FrameNumber, hash);
    }

    /// <summary>Saves the last frame: the one that was copied, or, where frames were leased, the newest still there.</summary>
    private string Save(FrameReader reader, FrameBuffer buffer)
    {
        if ((!buffer.HasFrame || _settings.Lease) && !CopyNewest(reader, buffer))
            throw new WinMmfException(WinMmfErrorId.SaveFailed, $"{reader.Name} has no frame, so none was saved.");
        return FrameFile.Save(_settings.Save!, buffer.Info.Format, buffer.Address);
    }

    private static bool CopyNewest(FrameReader reader, FrameBuffer buffer)
    {
        FrameReadStatus status = reader.TryCopyNewest(buffer.Address, buffer.Capacity, out FrameInfo info);
        if (status == FrameReadStatus.BufferTooSmall)
        {
            buffer.Grow(info.Format.PayloadLength);
            status = reader.TryCopyNewest(buffer.Address, buffer.Capacity, out info);
        }

        buffer.Info = info;
        return status == FrameReadStatus.Ok;
    }
}

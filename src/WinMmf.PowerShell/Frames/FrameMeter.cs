using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Measuring;
using WinMmf.PowerShell.Output;
using WinMmf.Time;

namespace WinMmf.PowerShell.Frames;

/// <summary>Reads a channel as a reader of the newest frame does, and measures what it gets.</summary>
internal sealed class FrameMeter
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private readonly FrameStream _stream;
    private readonly LatencyHistogram _latency = new();
    private readonly LatencyHistogram _age = new();
    private readonly Stopwatch _running = new();
    private byte[] _buffer = [];
    private ReaderCounters _readerBefore;
    private ChannelCounters _channelBefore;
    private long _openedAt;
    private long _latest;
    private FrameInfo _first;
    private FrameInfo _last;
    private long _longestGap;
    private long _intervals;
    private double _intervalMean;
    private double _intervalSquares;
    private bool _isVerified;

    public FrameMeter(FrameStream stream) => _stream = stream;

    /// <summary>Frames measured so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames whose checksum was wrong; null if the source has none.</summary>
    public long? Torn { get; private set; }

    /// <summary>Time measured so far.</summary>
    public TimeSpan Elapsed => _running.Elapsed;

    /// <summary>Frames a second that were published, by their numbers and times; 0 before the second frame.</summary>
    public double FrameRate => Frames < 2 || _last.Epoch != _first.Epoch || _last.PublishedAt <= _first.PublishedAt
        ? Frames / Math.Max(0.001, Elapsed.TotalSeconds)
        : (_last.FrameNumber - _first.FrameNumber) * 1e9 / (_last.PublishedAt - _first.PublishedAt);

    /// <summary>The time from publication to the received frame below which this share of all times is, milliseconds.</summary>
    public double Latency(double share) => Math.Min(_latency.Milliseconds(share), _latest / 1e6);

    /// <summary>Measures until a duration or a number of frames is reached.</summary>
    /// <param name="duration">How long at most; null: no end.</param>
    /// <param name="count">How many frames at most; null: no end.</param>
    /// <param name="progress">Called several times a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WinMmfException">What reading a channel reports.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(TimeSpan? duration, long? count, Action progress, CancellationToken cancellationToken)
    {
        WarmUp();
        _readerBefore = _stream.Counters;
        _channelBefore = _stream.Reader.ChannelCounters;
        _openedAt = MonotonicClock.Now;
        _running.Start();
        TimeSpan next = Slice;
        Deadline end = Deadline.After(duration ?? Timeout.InfiniteTimeSpan, nameof(duration));
        while (!(Frames >= count) && !end.IsOver)
        {
            if (_stream.Wait(end.LeftUpTo(Slice), cancellationToken))
                Take();
            cancellationToken.ThrowIfCancellationRequested();
            if (Elapsed < next)
                continue;
            next = Elapsed + Slice;
            progress();
        }

        _running.Stop();
    }

    /// <summary>The result so far.</summary>
    public SharedFrameMeasurement Report()
    {
        ReaderCounters reader = _stream.Counters;
        ChannelReport channel = _stream.Reader.Inspect();
        return new SharedFrameMeasurement
        {
            Name = channel.Name.Name,
            Scope = channel.Name.Scope.ToString(),
            State = channel.State.ToString(),
            Source = channel.Source,
            Width = Frames > 0 ? _last.Format.Width : null,
            Height = Frames > 0 ? _last.Format.Height : null,
            PixelFormat = Frames > 0 ? _last.Format.PixelFormat.ToString() : null,
            DurationSec = Math.Round(Elapsed.TotalSeconds, 6),
            Frames = Frames,
            NominalFrameRate = channel.FrameRate,
            FrameRate = FrameRate,
            ReadRate = Frames / Math.Max(0.001, Elapsed.TotalSeconds),
            LatencyP50Ms = Latency(0.5),
            LatencyP99Ms = Latency(0.99),
            LatencyMaxMs = _latest / 1e6,
            JitterMs = _intervals > 1 ? Math.Sqrt(_intervalSquares / (_intervals - 1)) / 1e6 : 0,
            LongestGapMs = _longestGap / 1e6,
            AgeMs = _age.Milliseconds(0.5),

            // A channel that was made anew meanwhile counts from 0.
            Dropped = Math.Max(0, channel.Counters.Dropped - _channelBefore.Dropped),
            Overruns = reader.Skipped - _readerBefore.Skipped,
            Retries = reader.Retries - _readerBefore.Retries,
            Restarts = reader.Restarts - _readerBefore.Restarts,
            Torn = Torn,
        };
    }

    /// <summary>Compiles the code and touches the memory that all frames use, so that the first frame does not pay for it.</summary>
    private void WarmUp()
    {
        if (_stream.Reader.TryPeek(out FrameInfo info) == FrameReadStatus.Ok)
            _buffer = new byte[info.Format.PayloadLength];
        if (Copy(out info) == FrameReadStatus.Ok)
            _isVerified = SyntheticPayload.IsWhole(_buffer, info.Format.PayloadLength);
    }

    private void Take()
    {
        FrameReadStatus status = Copy(out FrameInfo info);
        if (status == FrameReadStatus.BufferTooSmall)
        {
            _buffer = new byte[info.Format.PayloadLength];
            status = Copy(out info);
        }

        long inHand = MonotonicClock.Now;
        if (status != FrameReadStatus.Ok)
        {
            // Gone when we came; most often its publisher has ended and its pixels went with it.
            Thread.Sleep(1);
            return;
        }

        Count(info, inHand);
        Verify(info);
    }

    private void Count(in FrameInfo info, long inHand)
    {
        // A frame that was there before us was not late; we were.
        if (info.PublishedAt >= _openedAt)
        {
            long latency = inHand - info.PublishedAt;
            _latency.Add(latency);
            _latest = Math.Max(_latest, latency);
        }

        _age.Add(inHand - info.CapturedAt);
        if (Frames > 0 && info.Epoch == _last.Epoch && info.FrameNumber == _last.FrameNumber + 1)
            CountInterval(info.PublishedAt - _last.PublishedAt);
        if (Frames++ == 0)
            _first = info;
        _last = info;
    }

    /// <summary>Mean and squares of deviations as they come (Welford), so that nothing has to be kept.</summary>
    private void CountInterval(long interval)
    {
        _longestGap = Math.Max(_longestGap, interval);
        _intervals++;
        double delta = interval - _intervalMean;
        _intervalMean += delta / _intervals;
        _intervalSquares += delta * (interval - _intervalMean);
    }

    private void Verify(in FrameInfo info)
    {
        bool isWhole = (_isVerified || Frames == 1) && SyntheticPayload.IsWhole(_buffer, info.Format.PayloadLength);
        _isVerified |= isWhole;
        if (_isVerified)
            Torn = (Torn ?? 0) + (isWhole ? 0 : 1);
    }

    private FrameReadStatus Copy(out FrameInfo info)
    {
        GCHandle pinned = GCHandle.Alloc(_buffer, GCHandleType.Pinned);
        try
        {
            return _stream.TryCopy(pinned.AddrOfPinnedObject(), _buffer.Length, out info, out _);
        }
        finally
        {
            pinned.Free();
        }
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Frames;

/// <summary>Takes frame after frame from a stream until a count, a duration or too long a silence ends it.</summary>
internal sealed class FrameWatch
{
    private readonly FrameStream _stream;
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private bool _isSilenceReported;

    public FrameWatch(FrameStream stream) => _stream = stream;

    /// <summary>How many frames to take; null: no end.</summary>
    public long? Count { get; set; }

    /// <summary>How long to go on; null: no end.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>How long to wait for one frame before that is an error; null: no end.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Silence after which <see cref="Silent"/> is called, once for each silence.</summary>
    public TimeSpan ReportSilenceAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Called with the channel's state when no frame has come for some time.</summary>
    public Action<ChannelState>? Silent { get; set; }

    /// <summary>Frames given so far.</summary>
    public long Given { get; private set; }

    /// <summary>Waits for the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if count or duration is reached.</returns>
    /// <exception cref="WinMmfException">Timeout, and all that reading a channel reports.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryNext(out StreamedFrame frame, CancellationToken cancellationToken)
    {
        frame = default;
        if (Given >= Count)
            return false;
        Stopwatch silence = Stopwatch.StartNew();
        while (Duration is not TimeSpan duration || _running.Elapsed < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_stream.TryTake(Slice(silence.Elapsed), out frame, cancellationToken))
            {
                Given++;
                _isSilenceReported = false;
                return true;
            }

            if (silence.Elapsed >= Timeout)
                throw NothingCame(Timeout.Value);
            if (!_isSilenceReported && silence.Elapsed >= ReportSilenceAfter)
            {
                _isSilenceReported = true;
                Silent?.Invoke(_stream.Reader.State);
            }
        }

        return false;
    }

    private TimeSpan Slice(TimeSpan silence)
    {
        TimeSpan slice = _isSilenceReported ? TimeSpan.FromSeconds(10) : ReportSilenceAfter - silence;
        slice = Least(slice, Timeout - silence);
        slice = Least(slice, Duration - _running.Elapsed);
        return slice > TimeSpan.Zero ? slice : TimeSpan.Zero;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan? b) => b is TimeSpan other && other < a ? other : a;

    private WinMmfException NothingCame(TimeSpan waited) => new(
        WinMmfErrorId.Timeout,
        $"{_stream.Name} had no {(Given > 0 ? "new frame" : "frame")} for "
            + $"{waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; the channel is {_stream.Reader.State}.",
        NameFacts.Of(_stream.Name) with { Operation = ErrorOperation.ReadFrame, State = _stream.Reader.State.ToString(), Waited = waited });
}

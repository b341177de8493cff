using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.PowerShell.Advice;
using WinMmf.Time;

namespace WinMmf.PowerShell.Frames;

/// <summary>Takes frame after frame from a stream until a count, a duration or too long a silence ends it.</summary>
internal sealed class FrameWatch
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);
    private readonly FrameStream _stream;
    private Deadline? _end;
    private bool _isSilenceReported;

    public FrameWatch(FrameStream stream) => _stream = stream;

    /// <summary>How many frames to take; null: no end.</summary>
    public long? Count { get; set; }

    /// <summary>How long to go on, from the first wait; null: no end.</summary>
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
        Deadline end = _end ??= Deadline.After(Duration ?? System.Threading.Timeout.InfiniteTimeSpan);
        Deadline timeout = Deadline.After(Timeout ?? System.Threading.Timeout.InfiniteTimeSpan);
        Deadline report = _isSilenceReported ? Deadline.Never : Deadline.After(ReportSilenceAfter);
        while (!end.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan slice = end.LeftUpTo(timeout.LeftUpTo(report.LeftUpTo(Slice)));
            if (_stream.TryTake(slice, out frame, cancellationToken))
            {
                Given++;
                _isSilenceReported = false;
                return true;
            }

            if (timeout.IsOver)
                throw NothingCame(Timeout.GetValueOrDefault());
            if (report.IsOver)
            {
                (_isSilenceReported, report) = (true, Deadline.Never);
                Silent?.Invoke(_stream.Reader.State);
            }
        }

        return false;
    }

    private WinMmfException NothingCame(TimeSpan waited) => new(
        WinMmfErrorId.Timeout,
        $"{_stream.Name} had no {(Given > 0 ? "new frame" : "frame")} for "
            + $"{waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; the channel is {_stream.Reader.State}.",
        NameFacts.Of(_stream.Name) with { Operation = ErrorOperation.ReadFrame, State = _stream.Reader.State.ToString(), Waited = waited });
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>Carries frames from a source into a channel until the source ends, a limit is reached or it is cancelled.</summary>
public sealed class FramePump
{
    private readonly FrameSource _source;
    private readonly FrameWriter _writer;
    private readonly object _lock = new();
    private CancellationTokenSource? _attempt;

    /// <summary>Makes a pump over a prepared source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="writer">The channel.</param>
    public FramePump(FrameSource source, FrameWriter writer)
    {
        _source = source ?? throw new ArgumentNullException(nameof(source));
        _writer = writer ?? throw new ArgumentNullException(nameof(writer));
    }

    /// <summary>Frames published by this pump.</summary>
    public long Published { get; private set; }

    /// <summary>Frames thrown away because no slot was free.</summary>
    public long Dropped { get; private set; }

    /// <summary>Restarts of the source.</summary>
    public long Restarts { get; private set; }

    /// <summary>Frames that the source left out because it was late.</summary>
    public long Late => _source.Late;

    /// <summary>Stop after this many frames; 0: no limit.</summary>
    public long FrameLimit { get; set; }

    /// <summary>A plain memory that the frames go into as well; null: none.</summary>
    public IFrameMirror? Mirror { get; set; }

    /// <summary>Pause before the first restart; doubled at each failure that follows soon, up to 10 s.</summary>
    public TimeSpan RestartPause { get; set; } = BackOff.Usual;

    /// <summary>Who has run for so long before it failed begins again with the first pause.</summary>
    internal TimeSpan SteadyAfter { get; set; } = BackOff.Steady;

    /// <summary>Called on the pump's thread after each frame, drop, failure and restart.</summary>
    public Action? Progress { get; set; }

    /// <summary>Called on the pump's thread with the first frame after a failure.</summary>
    public Action? Recovered { get; set; }

    /// <summary>Called on the pump's thread when the source failed and will be started again.</summary>
    public Action<WinMmfException>? Failed { get; set; }

    /// <summary>Called for each failure of the source, before the channel's state tells of it.</summary>
    public Action<WinMmfException>? Failing { get; set; }

    /// <summary>
    /// Ends the source and starts it again at once, also while the pump waits for another attempt. Channel, name and readers stay. Called
    /// from any thread; nothing happens before <see cref="Run"/> and after it.
    /// </summary>
    public void RestartSource()
    {
        // Under the lock: the pump disposes it after that.
        lock (_lock)
            _attempt?.Cancel();
    }

    /// <summary>Runs until the end. Returns on a clean end, on the limit and when cancelled.</summary>
    /// <param name="cancellationToken">Ends it in good order.</param>
    /// <exception cref="WinMmfException">
    /// The source failed and starting it again is no use; ChannelLost, Truncated. The channel's state is Failed.
    /// </exception>
    public void Run(CancellationToken cancellationToken)
    {
        BackOff backOff = new(RestartPause, SteadyAfter);
        while (TryOnce(backOff, cancellationToken))
        {
            Restarts++;
            _writer.CountSourceRestart();
            Progress?.Invoke();
        }
    }

    /// <summary>Runs the source once. True if it is to be started again.</summary>
    private bool TryOnce(BackOff backOff, CancellationToken cancellationToken)
    {
        using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
            _attempt = attempt;
        long started = MonotonicClock.Now;
        try
        {
            _source.Start(attempt.Token);
            Carry();
            return IsRestart();
        }
        catch (OperationCanceledException) when (IsRestart())
        {
            return true;
        }
        catch (WinMmfException e)
        {
            // The reason first: who sees the state finds it.
            Failing?.Invoke(e);
            _writer.SetState(ChannelState.Failed);

            // A source that has never worked is set up wrongly, and the user who started it can still be told. A channel that
            // is lost or cut short is not the source's failure, and no start of the source brings it back.
            if (!_source.CanRestart || Published == 0 || e.ErrorId is WinMmfErrorId.ChannelLost or WinMmfErrorId.Truncated)
                throw;
            Failed?.Invoke(e);
            if (attempt.Token.WaitHandle.WaitOne(backOff.Next(TimeSpan.FromTicks((MonotonicClock.Now - started) / 100))))
                backOff.Reset();
            return !cancellationToken.IsCancellationRequested;
        }
        finally
        {
            lock (_lock)
                _attempt = null;
        }

        bool IsRestart() => attempt.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
    }

    private void Carry()
    {
        FrameFlags flags = FrameFlags.Discontinuity;
        while ((FrameLimit == 0 || Published < FrameLimit) && _source.WaitNext())
        {
            int length = Fill(out FrameSlot slot);
            if (length < 0)
            {
                _source.Skip();
                Dropped++;
                Progress?.Invoke();
                continue;
            }

            if (length == 0)
                break;

            _writer.Publish(slot, _source.CapturedAt, flags, length);
            Published++;

            // After the channel, which never waits for the mirror; the slot stays valid until the next one is begun.
            Mirror?.Write(slot.Span[..length]);
            if (flags != FrameFlags.None)
            {
                // The source has recovered from a failure, or started for the first time.
                _writer.SetState(ChannelState.Live);
                flags = FrameFlags.None;
                if (Restarts > 0)
                    Recovered?.Invoke();
            }

            Progress?.Invoke();
        }
    }

    /// <summary>Has the frame filled into a slot. 0: the source was cancelled; less: there is no slot.</summary>
    private int Fill(out FrameSlot slot)
    {
        while (_writer.TryBegin(_source.Format, out slot))
        {
            int length;
            try
            {
                length = _source.Fill(slot);
            }
            catch
            {
                _writer.Abandon(slot);
                throw;
            }

            if (length > 0)
                return length;
            _writer.Abandon(slot);
            if (length == 0)
                return 0;
        }

        return -1;
    }
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <content>
/// What the service thread does for a channel: heartbeat, wakes that are owed, names that vanish, sections cut short
/// (<c>docs/protocol.md</c> 3.2, 7.3, 11).
/// </content>
public sealed unsafe partial class FrameWriter : IServiced
{
    /// <summary>With a tick every 400 ms at least, names are looked at within a second (protocol 11.1).</summary>
    private const long NameCheckNanoseconds = 500_000_000;
    private const string Control = "control";
    private const string Pixels = "pixels";

    /// <summary>Guards the channel against being replaced; the thread that publishes takes it only for what is rare.</summary>
    private readonly object _lifeLock = new();
    private readonly CancellationTokenSource _lost = new();
    private ChannelClaim? _movedFrom;
    private WinMmfException? _loss;
    private long _nextNameCheck;
    private long _givenBefore;
    private long _refusedBefore;
    private long _endedBefore;
    private string? _cutShort;
    private long _tickedFrameNumber;
    private bool _hadFrames;
    private int _isPublishing;
    private int _isMoving;
    private int _moves;

    /// <summary>
    /// Cancelled when the channel's names were removed and another process has the name now: no reader can find new frames any more.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The error that tells why <see cref="Lost"/> was cancelled.</summary>
    /// <exception cref="WinMmfException">ChannelLost.</exception>
    internal void ThrowIfLost()
    {
        if (_loss is WinMmfException loss)
            throw new WinMmfException(loss.ErrorId, loss.Message, loss.Facts, loss.NativeErrorCode, loss);
    }

    bool IServiced.MayRest
    {
        get
        {
            lock (_lifeLock)
            {
                // In this order: a publication ends to decide when what it owes is written down.
                WakeRule rule = _publisher.WakeRule;
                return !_hadFrames && _isMoving == 0 && _rows.MayRest && !rule.IsDeciding && !rule.IsOwed;
            }
        }
    }

    void IServiced.Tick(long now)
    {
        lock (_lifeLock)
        {
            // Written by the thread that publishes; to see that it changed, it may even be torn.
            long frameNumber = _nextFrameNumber;
            _hadFrames = frameNumber != _tickedFrameNumber;
            _tickedFrameNumber = frameNumber;
            if (_disposed || _loss is not null)
                return;
            string? cutShort = FindCutShort();
            Volatile.Write(ref _cutShort, cutShort);
            if (cutShort == Control)
                return;
            ChannelClaim.Heartbeat(_channel.Control, now);
            _rows.Tick(now);
            WriteRowCounters();
            if (_publisher.WakeRule.IsOwed)
            {
                _publisher.WakeRule.IsOwed = false;
                _rows.Wake(0);
            }

            if (now >= _nextNameCheck)
            {
                _nextNameCheck = now + NameCheckNanoseconds;
                if (!_channel.Site.AreNamesOurs(_channel.Control, _pixels.Section, _pixels.Generation))
                    BeginMove();
            }

            if (_isMoving != 0 && Volatile.Read(ref _isPublishing) == 0)
                Move();
        }

        TellLoss();
    }

    /// <summary>
    /// Outside the lock: what waits for <see cref="Lost"/> may do anything. By the thread that found the loss, whichever it is.
    /// </summary>
    private void TellLoss()
    {
        if (_loss is not null)
            _lost.Cancel();
    }

    /// <summary>
    /// Which section has become shorter, which only its account and root can do: touching it would kill the process. Looked at here, so
    /// that publishing makes no system call for it.
    /// </summary>
    private string? FindCutShort() => !_channel.Control.IsWhole() ? Control : !_pixels.Section.IsWhole() ? Pixels : null;

    /// <summary>
    /// From here to <see cref="LeavePublishing"/> the channel is not replaced, unless that had begun already, which
    /// <see cref="IsStillHere"/> tells after the full fence in <see cref="SlotPublisher{TMemory}.Mark"/>.
    /// </summary>
    private int EnterPublishing()
    {
        if (Volatile.Read(ref _isMoving) != 0)
        {
            lock (_lifeLock)
            {
                if (_isMoving != 0)
                    Move();
            }

            TellLoss();
        }

        ThrowIfLost();
        int moves = Volatile.Read(ref _moves);
        Volatile.Write(ref _isPublishing, 1);
        return moves;
    }

    private bool IsStillHere(int moves) => Volatile.Read(ref _isMoving) == 0 && Volatile.Read(ref _moves) == moves;

    private void LeavePublishing() => Volatile.Write(ref _isPublishing, 0);

    private void BeginMove()
    {
        Volatile.Write(ref _isMoving, 1);

        // Full fence. Partner: the one in SlotPublisher.Mark, between EnterPublishing and IsStillHere. Either the thread that publishes
        // sees that the channel is being replaced and steps back, or it is seen here and replaces it itself with its next frame.
        Thread.MemoryBarrier();
    }

    /// <summary>
    /// Makes the channel anew. The old objects stay mapped until the next move: a publishing thread may be about to step back from them.
    /// </summary>
    private void Move()
    {
        ChannelClaim old = _channel;
        try
        {
            ChannelClaim next = ChannelClaim.Move(_platform, _options, old, _nextFrameNumber);
            _movedFrom?.Dispose();
            _movedFrom = old;
            _retiredPixels?.Dispose();
            _retiredPixels = null;
            LeaveOld(old);
            Use(next);
            old.Rows.Dispose();
            old.Site.Dispose();
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.ChannelLost)
        {
            WriteState(ChannelState.Failed);
            LeaveOld(old);
            _loss = e;
        }
        catch (WinMmfException)
        {
            // No memory for it now, most likely: the next look at the names begins again.
        }
        finally
        {
            Volatile.Write(ref _moves, _moves + 1);
            Volatile.Write(ref _isMoving, 0);
        }
    }

    /// <summary>Tells the readers of a control section that it is the channel no more.</summary>
    private void LeaveOld(ChannelClaim old)
    {
        _pixels.Retire(_c);
        old.Description.IsMoved = true;
        old.Description.Write(old.Control);
        old.Rows.WakeAll();
    }

    private void Use(ChannelClaim channel)
    {
        _channel = channel;
        _c = channel.Control.Address;
        _pixels = channel.Pixels;
        _retiredPixels = channel.Retired;
        _rows = channel.Rows;
        _nextFrameNumber = channel.NextFrameNumber;
        _firstOfEpoch = true;
        ChannelCounters counters = CounterBlock.Read(_c);
        _publisher = new SlotPublisher<SharedStepMemory>(_c, _slots, _rows, counters.LeasesIgnored);
        _givenBefore = counters.RowsGiven;
        _refusedBefore = counters.RowsRefused;
        _endedBefore = counters.RowsCleared;
    }

    private void WriteRowCounters()
    {
        *(long*)(_c + ControlLayout.RowsGivenCounter) = _givenBefore + _rows.Given;
        *(long*)(_c + ControlLayout.RowsRefusedCounter) = _refusedBefore + _rows.Refused;
        *(long*)(_c + ControlLayout.RowsClearedCounter) = _endedBefore + _rows.Ended;
    }
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>
/// One reader of a channel: the newest frame or the next one, by copy or in place. Never makes the publisher
/// wait. Goes on by itself when a publisher that died is started again. Not thread-safe; open one a thread.
/// <c>docs/protocol.md</c> sections 6 and 7.
/// </summary>
/// <remarks>Reading allocates nothing in steady state.</remarks>
public sealed unsafe partial class FrameReader : IDisposable
{
    private const int TriesAtMost = 64;
    private const int SliceMilliseconds = 100;
    private const long FreshNanoseconds = 100_000_000;

    private readonly IPlatform _platform;
    private readonly FrameReaderOptions _options;
    private SharedSection _control;
    private ControlDescription _description;
    private ISleeper _sleeper;
    private ReaderRow? _row;
    private RowRequest? _unanswered;
    private PixelsSection? _pixels;
    private SlotReader<SharedStepMemory> _words;
    private byte* _c;
    private int _slots;
    private uint _lastEpoch;
    private long _lastRead;
    private long _lastSeen;
    private long _read;
    private long _skipped;
    private long _retries;
    private long _restarts;
    private long _overwritten;
    private bool _disposed;

    private FrameReader(IPlatform platform, SharedName name, SharedSection control, FrameReaderOptions options, bool existsInBothScopes)
    {
        _platform = platform;
        _options = options;
        _control = control;
        _c = control.Address;
        Name = name;
        ExistsInBothScopes = existsInBothScopes;
        _description = ControlDescription.Read(control, name);
        CreatedAt = MonotonicClock.ToUtc(_description.CreatedAt);
        _slots = _description.Slots;
        _words = new SlotReader<SharedStepMemory>(_c, _slots);
        try
        {
            TakeRow();
            MapPixelsEarly(_description.Generation);
            _sleeper = platform.Channels.OpenSleeper(name, _row, (uint*)(_c + ControlLayout.Newest));
        }
        catch
        {
            _pixels?.Dispose();
            _row?.Dispose();
            _unanswered?.Dispose();
            throw;
        }
    }

    /// <summary>Name and scope of the channel that was opened.</summary>
    public SharedName Name { get; }

    /// <summary>True if no scope was asked for and the name exists in both; the Local one was opened.</summary>
    public bool ExistsInBothScopes { get; }

    /// <summary>
    /// The account that the channel belongs to, as the kernel says: a SID on Windows, a uid on Linux. It stays the same for as long as this
    /// reader is open.
    /// </summary>
    public string OwnerId => _control.Owner;

    /// <summary>When the channel was made, UTC: another time is another channel under the same name.</summary>
    internal DateTime CreatedAt { get; private set; }

    /// <summary>True if this reader has a row, so that it can lease and is woken at once.</summary>
    public bool HasRegistryRow => _row is not null;

    /// <summary>True if the publisher has not yet said whether this reader gets a row.</summary>
    internal bool IsAwaitingRow => _unanswered is not null;

    /// <summary>What this reader met so far.</summary>
    public ReaderCounters Counters => new(_read, _skipped, _retries, _restarts, _overwritten);

    /// <summary>The publisher's counters.</summary>
    public ChannelCounters ChannelCounters
    {
        get
        {
            ThrowIfUnusable();
            return CounterBlock.Read(_c);
        }
    }

    /// <summary>How the channel is now. Looks at the publisher's process, so it costs a few system calls.</summary>
    public ChannelState State
    {
        get
        {
            ThrowIfUnusable();
            return ChannelInspector.StateOf(_platform, _control, Name);
        }
    }

    /// <summary>
    /// <see cref="State"/>, without asking for the publisher's process if a frame tells that it lived a moment ago: that would cost
    /// a third of what opening the channel costs.
    /// </summary>
    internal ChannelState StateAfter(in FrameInfo info)
    {
        ThrowIfUnusable();
        bool isFresh = MonotonicClock.Now - info.PublishedAt is >= 0 and < FreshNanoseconds;
        return isFresh && Volatile.Read(ref *(uint*)(_c + ControlLayout.State)) == (uint)ChannelState.Live ? ChannelState.Live : State;
    }

    /// <summary>Opens a channel.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="options">Waiting, registry, label; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for a channel that does not exist yet.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound, NotAChannel, AccessDenied, WrongOwner, UnknownAccount, VersionMismatch, CorruptHeader, Truncated, NotReady.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The wait for the channel is negative, and not infinite.</exception>
    public static FrameReader Open(
        string name, NameScope? scope = null, FrameReaderOptions? options = null, CancellationToken cancellationToken = default) =>
        Open(PlatformServices.Current, name, scope, options ?? new FrameReaderOptions(), cancellationToken);

    internal static FrameReader Open(
        IPlatform platform, string name, NameScope? scope, FrameReaderOptions options, CancellationToken cancellationToken)
    {
        NameResolver resolver = new(platform, name, scope);
        OwnerPin? pin = OwnerPin.For(platform, options.Owner);
        Deadline deadline = Deadline.After(options.WaitForChannel, nameof(options.WaitForChannel));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SharedSection? control = resolver.TryOpen(writable: false, out SharedName found, out bool both);
            if (control is not null)
            {
                bool keep = false;
                try
                {
                    pin?.Check(control, found);
                    ControlAnchor.Check(control, found);
                    FrameReader reader = new(platform, found, control, options, both);
                    keep = true;
                    return reader;
                }
                finally
                {
                    if (!keep)
                        control.Dispose();
                }
            }

            if (deadline.IsOver)
                throw resolver.NotFound();
            cancellationToken.WaitHandle.WaitOne(deadline.MillisecondsUpTo(SliceMilliseconds / 2));
        }
    }

    /// <summary>Looks at the newest frame without copying its pixels.</summary>
    /// <param name="info">What is known of it.</param>
    /// <returns>Ok, NoFrame, or Overrun.</returns>
    public FrameReadStatus TryPeek(out FrameInfo info)
    {
        ThrowIfUnusable();
        for (int i = 0; i < TriesAtMost; i++)
        {
            int slot = NewestSlot(out uint newest);
            if (slot < 0)
                break;
            if (TryReadDescriptor(slot, newest, out info, out _, out _))
                return FrameReadStatus.Ok;
        }

        info = default;
        return NewestSlot(out _) < 0 ? FrameReadStatus.NoFrame : FrameReadStatus.Overrun;
    }

    /// <summary>What the publisher says of itself and of the channel, and how it is now.</summary>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, NotReady.</exception>
    public ChannelReport Inspect()
    {
        ThrowIfUnusable();
        return ChannelInspector.Report(_platform, _control, Name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (_leasedSlot >= 0)
            EndLease();
        _disposed = true;
        _sleeper.Dispose();
        _row?.Dispose();
        _unanswered?.Dispose();
        _pixels?.Dispose();
        _control.Dispose();
    }

    /// <summary>Copies a slot's descriptor and checks it. False if it was being written, or if newest is not what it was.</summary>
    private bool TryReadDescriptor(int slot, uint newest, out FrameInfo info, out uint generation, out uint sequence)
    {
        bool whole = _words.TryReadDescriptor(slot, newest, out SlotDescriptor descriptor);
        generation = descriptor.Generation;
        sequence = descriptor.Sequence;
        info = default;
        if (!whole)
            return false;
        info = Check(slot, descriptor);
        return true;
    }

    private FrameInfo Check(int slot, in SlotDescriptor descriptor)
    {
        string? fault = descriptor.FindFault();
        if (fault is not null)
            throw ControlAnchor.Corrupt(Name, $"slot {slot} describes an impossible frame: {fault}");
        FrameInfo info = descriptor.ToFrameInfo();
        _lastSeen = Math.Max(_lastSeen, info.FrameNumber);
        return info;
    }

    private uint ReadNewest() => _words.Newest;

    private int NewestSlot(out uint newest)
    {
        newest = ReadNewest();
        int slot = (int)(newest & 0xFF) - 1;
        if (slot >= _slots)
            throw ControlAnchor.Corrupt(Name, $"its newest slot is {slot} of {_slots}");
        return slot;
    }

    /// <summary>On Windows a section lives while a process has it: mapped when opening, the last frame outlives its publisher.</summary>
    private void MapPixelsEarly(uint generation)
    {
        try
        {
            MapPixels(generation, 0);
        }
        catch (WinMmfException)
        {
            // State and counters can still be read; the first read says what is wrong with the pixels.
        }
    }

    /// <summary>Makes sure that the generation in which a payload lies is mapped. False if it is gone: the slot has changed.</summary>
    private bool MapPixels(uint generation, int payloadLength)
    {
        if (_pixels is null || _pixels.Generation != generation)
        {
            PixelsSection? section = PixelsSection.TryUse(_platform.Channels.TryOpenPixels(Name, _control, generation), Name, generation);
            if (section is null)
                return false;
            if (section.Slots < _slots)
            {
                section.Dispose();
                throw ControlAnchor.Corrupt(Name, $"its pixels section has {section.Slots} slots, control has {_slots}");
            }

            if (!ReferenceEquals(_pixels, _leasedPixels))
                _pixels?.Dispose();
            _pixels = section;
        }

        if (payloadLength > _pixels.Capacity)
            throw ControlAnchor.Corrupt(Name, $"a frame of {payloadLength} bytes is said to lie in a slot of {_pixels.Capacity} bytes");
        if (!_pixels.IsStillWhole())
            throw ControlAnchor.Truncated(Name, "pixels");
        return true;
    }

    private void ThrowIfUnusable()
    {
        if (_disposed)
            throw new ObjectDisposedException(nameof(FrameReader));
        if (!_control.IsStillWhole())
            throw ControlAnchor.Truncated(Name, "control");
        Follow();
    }
}

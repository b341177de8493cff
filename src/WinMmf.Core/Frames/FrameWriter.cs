using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>
/// The one publisher of a channel: fills slots in place and makes them the newest frame. It never waits for a
/// reader. Not thread-safe: one thread begins, fills and publishes. <c>docs/protocol.md</c> section 5.
/// </summary>
/// <remarks>Steady state allocates nothing: <see cref="TryBegin"/> and <see cref="Publish"/> are free of managed allocation.</remarks>
public sealed unsafe partial class FrameWriter : IDisposable
{
    /// <summary>What is copied in about the time that a reader needs to wake up.</summary>
    private const int AnnouncedBytes = 262_144;

    private readonly IPlatform _platform;
    private readonly FrameChannelOptions _options;
    private readonly int _slots;
    private ChannelClaim _channel = null!;
    private PublisherRows _rows = null!;
    private SlotPublisher<SharedStepMemory> _publisher = null!;
    private PixelsSection _pixels = null!;
    private PixelsSection? _retiredPixels;
    private byte* _c;
    private long _nextFrameNumber;
    private int _filling = -1;
    private int _wokenEarly;
    private bool _hadSleepers;
    private bool _firstOfEpoch;
    private volatile bool _isSourceRestarted;
    private bool _disposed;

    private FrameWriter(IPlatform platform, FrameChannelOptions options, ChannelClaim claim)
    {
        _platform = platform;
        _options = options;
        _slots = claim.Description.Slots;
        TookOver = claim.TookOver;
        Use(claim);
        _platform.Services.Add(this);
    }

    /// <summary>Name and scope of the channel.</summary>
    public SharedName Name => _options.Name;

    /// <summary>How many writers the channel has had, this one included.</summary>
    public long Epoch => _channel.Description.Epoch;

    /// <summary>Slots of the channel. One taken over keeps the number that it was created with.</summary>
    public int Slots => _slots;

    /// <summary>True if readers of a dead publisher held the channel and now go on with this one.</summary>
    public bool TookOver { get; }

    /// <summary>
    /// Bytes of the frames' memory that are really locked or in large pages; measured when that memory was made, nothing where it was not
    /// asked for.
    /// </summary>
    public ResidentBytes Resident => _channel.Description.Resident;

    /// <summary>The channel's counters, those of earlier publishers included.</summary>
    public ChannelCounters Counters
    {
        get
        {
            lock (_lifeLock)
            {
                ThrowIfDisposed();
                WriteRowCounters();
                return CounterBlock.Read(_c);
            }
        }
    }

    /// <summary>Creates a channel, or takes it over from its dead publisher.</summary>
    /// <param name="options">Name, slots, capacity, access.</param>
    /// <exception cref="WinMmfException">
    /// ChannelInUse (a publisher is alive), AlreadyExists (something else has the name), AccessDenied, OutOfSharedMemory,
    /// InvalidArgument, VersionMismatch, CorruptHeader; PrivilegeNotHeld, LockedMemoryLimit or NotSupported where frames shall not be
    /// paged out.
    /// </exception>
    public static FrameWriter Create(FrameChannelOptions options) => Create(PlatformServices.Current, options);

    internal static FrameWriter Create(IPlatform platform, FrameChannelOptions options)
    {
        if (options is null)
            throw new ArgumentNullException(nameof(options));
        if (options.Name == default)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "The channel has no name.");
        if (options.Slots is < ControlLayout.MinSlots or > ControlLayout.MaxSlots)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"{options.Slots} slots are impossible: a channel has {ControlLayout.MinSlots} to {ControlLayout.MaxSlots}, and by "
                    + $"default {ControlLayout.DefaultSlots}.");
        }

        if (options.PayloadCapacity is < 1 or > FrameFormat.MaxPayload)
            throw new WinMmfException(WinMmfErrorId.InvalidSize,
                $"A payload capacity of {options.PayloadCapacity} bytes is impossible: it is 1 to {FrameFormat.MaxPayload}.");
        if (double.IsNaN(options.FrameRate) || options.FrameRate is < 0 or > 1_000_000)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"A frame rate of {options.FrameRate} per second is impossible: it is 0 (unknown) to 1,000,000.");

        ChannelClaim claim = ChannelClaim.Make(platform, options);
        try
        {
            return new FrameWriter(platform, options, claim);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Takes a slot to fill in place. Never waits.</summary>
    /// <param name="format">What the frame will be. A payload beyond the capacity makes the channel grow, which is slow once.</param>
    /// <param name="slot">The slot; valid until <see cref="Publish"/> or <see cref="Abandon"/>.</param>
    /// <returns>
    /// True: version 1 of the protocol always has a slot to give. False, in a version that has not, means that the frame is to
    /// be thrown away; callers written for that keep working.
    /// </returns>
    /// <exception cref="WinMmfException">
    /// OutOfSharedMemory when the channel has to grow; Truncated if a section was cut short; ChannelLost if its names were removed and
    /// another publisher has the name now.
    /// </exception>
    /// <exception cref="InvalidOperationException">A slot is being filled already.</exception>
    public bool TryBegin(in FrameFormat format, out FrameSlot slot)
    {
        ThrowIfDisposed();
        if (_filling >= 0)
            throw new InvalidOperationException("A slot is being filled already. Publish or abandon it first.");
        if (format.PayloadLength < 1)
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat, "The frame format is empty: neither FrameFormat.Packed nor FrameFormat.Jpeg made it.");
        while (true)
        {
            int moves = EnterPublishing();
            try
            {
                if (Volatile.Read(ref _cutShort) is string section)
                    throw ControlAnchor.Truncated(Name, section);
                if (format.PayloadLength > _pixels.Capacity)
                    Grow(format.PayloadLength);
                int taken = _publisher.Take();
                _publisher.Mark(taken);
                _filling = taken;
            }
            finally
            {
                if (_filling < 0)
                    LeavePublishing();
            }

            if (IsStillHere(moves))
                break;

            // The channel is being made anew, or was meanwhile: the slot stays odd, which loses no frame that a reader can still find.
            _filling = -1;
            LeavePublishing();
        }

        slot = new FrameSlot(_pixels.Generation, _filling, _pixels.Payload(_filling), format, _nextFrameNumber);
        return true;
    }

    /// <summary>Makes a filled slot the newest frame and wakes the readers that wait.</summary>
    /// <param name="slot">The slot from <see cref="TryBegin"/>.</param>
    /// <param name="capturedAt">When the picture was taken, monotonic nanoseconds; 0 for now.</param>
    /// <param name="flags">What is special about the frame.</param>
    /// <param name="payloadLength">Bytes filled, for compressed pictures; 0 for all of the format's.</param>
    /// <returns>The frame's number.</returns>
    public long Publish(in FrameSlot slot, long capturedAt = 0, FrameFlags flags = FrameFlags.None, int payloadLength = 0)
    {
        ThrowIfDisposed();
        ThrowIfNotFilling(slot);
        FrameFormat format = slot.Format;
        if (payloadLength != 0 && payloadLength != format.PayloadLength)
        {
            if (payloadLength > format.PayloadLength)
                throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                    $"{payloadLength} bytes cannot have been filled: the slot was begun with {format.PayloadLength}.");
            format = FrameFormat.Jpeg(format.Width, format.Height, payloadLength);
        }

        if (_firstOfEpoch || _isSourceRestarted)
        {
            _isSourceRestarted = false;
            flags |= FrameFlags.Discontinuity;
        }

        long now = MonotonicClock.Now;
        long number = _nextFrameNumber++;
        SlotDescriptor descriptor = new()
        {
            Generation = _pixels.Generation,
            FrameNumber = (ulong)number,
            CapturedAt = capturedAt == 0 ? now : capturedAt,
            PublishedAt = now,
            Width = (uint)format.Width,
            Height = (uint)format.Height,
            Stride = (uint)format.Stride,
            PixelFormat = format.PixelFormat,
            PayloadLength = (uint)format.PayloadLength,
            Flags = (uint)flags,
            Epoch = _channel.Description.Epoch,
        };
        _publisher.Finish(slot.Index, descriptor);
        ChannelClaim.Heartbeat(_channel.Control, now);
        int woken = _publisher.MakeNewest(slot.Index, now) + _wokenEarly;
        _wokenEarly = 0;
        _hadSleepers = woken > 0;
        CounterBlock.Add(_c, ControlLayout.PublishedCounter, 1);
        if (woken > 0)
            CounterBlock.Add(_c, ControlLayout.WakeUpsCounter, woken);
        if (_firstOfEpoch)
        {
            _firstOfEpoch = false;
            WriteState(ChannelState.Live);
        }

        if (_retiredPixels is not null)
            LetGoOfRetiredPixels();
        _filling = -1;
        LeavePublishing();
        return number;
    }

    /// <summary>
    /// Says that a frame will be published within 100 µs or so. Readers that sleep are woken now, so that their way out of sleep,
    /// which takes longer than copying a small picture, runs beside the last of the filling and not after it. Optional; costs
    /// nothing when no reader slept at the frame before.
    /// </summary>
    public void Announce()
    {
        ThrowIfDisposed();
        if (_hadSleepers)
            _wokenEarly += Math.Max(0, _rows.Wake(ulong.MaxValue));
    }

    /// <summary>Publishes a frame that lies somewhere else, by one copy, and announces it in time.</summary>
    /// <param name="format">What the frame is.</param>
    /// <param name="payload">Its bytes: as many as the format says.</param>
    /// <param name="capturedAt">When the picture was taken, monotonic nanoseconds; 0 for now.</param>
    /// <param name="flags">What is special about the frame.</param>
    /// <returns>The frame's number.</returns>
    /// <exception cref="WinMmfException">As <see cref="TryBegin"/>.</exception>
    public long PublishCopy(in FrameFormat format, IntPtr payload, long capturedAt = 0, FrameFlags flags = FrameFlags.None)
    {
        if (payload == IntPtr.Zero)
            throw new ArgumentNullException(nameof(payload));
        int late = Math.Min(format.PayloadLength, AnnouncedBytes), early = format.PayloadLength - late;
        if (early == 0)
            Announce();
        if (!TryBegin(format, out FrameSlot slot))
            return 0;
        if (early != 0)
        {
            Buffer.MemoryCopy((byte*)payload, slot.Pointer, early, early);
            Announce();
        }

        Buffer.MemoryCopy((byte*)payload + early, slot.Pointer + early, late, late);
        return Publish(slot, capturedAt, flags);
    }

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="PublishCopy(in FrameFormat, IntPtr, long, FrameFlags)"/>
    public long PublishCopy(in FrameFormat format, ReadOnlySpan<byte> payload, long capturedAt = 0, FrameFlags flags = FrameFlags.None)
    {
        if (payload.Length < format.PayloadLength)
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat, $"A frame of {format} has {format.PayloadLength} bytes, and {payload.Length} were given.");
        fixed (byte* bytes = payload)
            return PublishCopy(format, (IntPtr)bytes, capturedAt, flags);
    }
#endif

    /// <summary>Gives a slot back unpublished. Its old frame is lost; readers never see what was filled in.</summary>
    /// <param name="slot">The slot from <see cref="TryBegin"/>.</param>
    public void Abandon(in FrameSlot slot)
    {
        ThrowIfDisposed();
        ThrowIfNotFilling(slot);

        // The sequence stays odd: no reader takes the slot, and SlotPublisher.Take prefers it next time.
        _filling = -1;
        _wokenEarly = 0;
        LeavePublishing();
    }

    /// <summary>Counts a restart of the source and marks the next frame as a discontinuity.</summary>
    public void CountSourceRestart()
    {
        lock (_lifeLock)
        {
            ThrowIfDisposed();
            CounterBlock.Add(_c, ControlLayout.SourceRestartsCounter, 1);
            _isSourceRestarted = true;
        }
    }

    /// <summary>Tells readers that the source failed, or that it is back.</summary>
    /// <param name="state">Starting, Live, Stopped or Failed; the others are for readers to find out.</param>
    public void SetState(ChannelState state)
    {
        if (state is not (ChannelState.Starting or ChannelState.Live or ChannelState.Stopped or ChannelState.Failed))
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument, $"A publisher cannot set the state {state}, but Starting, Live, Stopped and Failed.");
        lock (_lifeLock)
        {
            ThrowIfDisposed();
            WriteState(state);
            if (state == ChannelState.Failed)
                _rows.WakeAll();
        }
    }

    /// <summary>Says in the channel why its source failed. The state is told by <see cref="SetState"/>.</summary>
    /// <param name="text">Why, for people, without secrets; what is beyond 256 bytes of UTF-8 is cut off.</param>
    public void SetLastError(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        lock (_lifeLock)
        {
            ThrowIfDisposed();
            FailureRecord.Write(_c, text);
        }
    }

    /// <summary>
    /// Ends publishing cleanly: readers see Stopped (or Failed, if that was set) and keep the last frames while they hold the channel.
    /// </summary>
    public void Dispose()
    {
        // Before the lock is taken: a tick that runs now needs it too.
        _platform.Services.Remove(this);
        lock (_lifeLock)
        {
            if (_disposed)
                return;
            if (_channel.Control.IsWhole() && Volatile.Read(ref *(uint*)(_c + ControlLayout.State)) != (uint)ChannelState.Failed)
                WriteState(ChannelState.Stopped);
            _disposed = true;
        }

        // Readers that sleep shall see the end now and not at the end of their slice.
        _rows.WakeAll();
        _retiredPixels?.Dispose();
        _pixels.Dispose();
        _channel.Dispose();
        _movedFrom?.Dispose();
        _lost.Dispose();
    }

    private void WriteState(ChannelState state) => Volatile.Write(ref *(uint*)(_c + ControlLayout.State), (uint)state);

    private void ThrowIfNotFilling(in FrameSlot slot)
    {
        if (_filling < 0 || slot.Index != _filling || slot.Pointer == null)
            throw new InvalidOperationException("This slot is not being filled. Take one with TryBegin, and publish or abandon it once.");
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw new ObjectDisposedException(nameof(FrameWriter));
    }
}

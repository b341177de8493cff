using System;
using System.Runtime.InteropServices;
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
/// reader. Not thread-safe: one thread begins, fills and publishes. <c>docs/protocol.md</c> section 5.1.
/// </summary>
/// <remarks>Steady state allocates nothing: <see cref="TryBegin"/> and <see cref="Publish"/> are free of managed allocation.</remarks>
public sealed unsafe class FrameWriter : IDisposable
{
    private const int HeartbeatMilliseconds = 250;

    /// <summary>What is copied in about the time that a reader needs to wake up.</summary>
    private const int AnnouncedBytes = 262_144;
    private const long DeadRowCheckNanoseconds = 200_000_000;

    private readonly IPlatform _platform;
    private readonly FrameChannelOptions _options;
    private readonly IDisposable _ownership;
    private readonly SharedSection _control;
    private readonly ReaderRegistry _registry;
    private readonly IWaker _waker;
    private readonly ControlDescription _description;
    private readonly Timer _heartbeat;
    private readonly object _lifeLock = new();
    private readonly byte* _c;
    private readonly byte* _snapshot;
    private readonly int _slots;
    private PixelsSection _pixels;
    private PixelsSection? _replacedPixels;
    private long _nextFrameNumber;
    private long _nextDeadRowCheck;
    private uint _lastLeased;
    private int _filling = -1;
    private int _wokenEarly;
    private bool _hadSleepers;
    private bool _firstOfEpoch = true;
    private bool _disposed;

    private FrameWriter(IPlatform platform, FrameChannelOptions options, ChannelClaim claim)
    {
        _platform = platform;
        _options = options;
        _ownership = claim.Ownership;
        _control = claim.Control;
        _c = _control.Address;
        _registry = claim.Registry;
        _pixels = claim.Pixels;
        _description = claim.Description;
        _slots = _description.Slots;
        _nextFrameNumber = claim.NextFrameNumber;
        TookOver = claim.TookOver;
        _waker = claim.Waker;
        _snapshot = (byte*)Marshal.AllocHGlobal(2 * RegistryLayout.Size);
        _heartbeat = new Timer(static state => ((FrameWriter)state!).Beat(), this, HeartbeatMilliseconds, HeartbeatMilliseconds);
    }

    /// <summary>Name and scope of the channel.</summary>
    public SharedName Name => _options.Name;

    /// <summary>How many publishers the channel has had, this one included.</summary>
    public long Epoch => _description.Epoch;

    /// <summary>Slots of the channel. One taken over keeps the number that it was created with.</summary>
    public int Slots => _slots;

    /// <summary>True if readers of a dead publisher held the channel and now go on with this one.</summary>
    public bool TookOver { get; }

    /// <summary>Bytes of the frames' memory that are really locked or in large pages; measured when that memory was made, nothing where it was not asked for.</summary>
    public ResidentBytes Resident => _description.Resident;

    /// <summary>The channel's counters, those of earlier publishers included.</summary>
    public ChannelCounters Counters => CounterBlock.Read(_c);

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
            throw new WinMmfException(WinMmfErrorId.InvalidName, "The channel has no name. Give a name of 1 to 200 bytes.");
        if (options.Slots is < ControlLayout.MinSlots or > ControlLayout.MaxSlots)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"{options.Slots} slots are impossible. Give {ControlLayout.MinSlots} to {ControlLayout.MaxSlots}; {ControlLayout.DefaultSlots} suit most channels.");
        }

        if (options.PayloadCapacity is < 1 or > FrameFormat.MaxPayload)
            throw new WinMmfException(WinMmfErrorId.InvalidSize, $"A payload capacity of {options.PayloadCapacity} bytes is impossible. Give 1 to {FrameFormat.MaxPayload}.");
        if (double.IsNaN(options.FrameRate) || options.FrameRate is < 0 or > 1_000_000)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A frame rate of {options.FrameRate} per second is impossible. Give 0 (unknown) to 1,000,000.");

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
    /// <exception cref="WinMmfException">OutOfSharedMemory when the channel has to grow; Truncated if somebody cut a section short.</exception>
    /// <exception cref="InvalidOperationException">A slot is being filled already.</exception>
    public bool TryBegin(in FrameFormat format, out FrameSlot slot)
    {
        ThrowIfDisposed();
        if (_filling >= 0)
            throw new InvalidOperationException("A slot is being filled already. Publish or abandon it first.");
        if (format.PayloadLength < 1)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "The frame format is empty. Make it with FrameFormat.Packed or FrameFormat.Jpeg.");
        if (!_control.IsStillWhole())
            throw ControlAnchor.Truncated(Name, "control");
        if (!_pixels.IsStillWhole())
            throw ControlAnchor.Truncated(Name, "pixels");
        if (format.PayloadLength > _pixels.Capacity)
            Grow(format.PayloadLength);

        int index = TakeSlot();
        _filling = index;
        slot = new FrameSlot(index, _pixels.Payload(index), format, _nextFrameNumber);
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
                throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"{payloadLength} bytes cannot have been filled: the slot was begun with {format.PayloadLength}.");
            format = FrameFormat.Jpeg(format.Width, format.Height, payloadLength);
        }

        if (_firstOfEpoch)
            flags |= FrameFlags.Discontinuity;
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
            Epoch = _description.Epoch,
        };
        descriptor.Write(_c, slot.Index);

        // Release. Partner: the reader's acquiring first read in SlotDescriptor.TryRead.
        uint* sequence = SlotDescriptor.SequenceOf(_c, slot.Index);
        Volatile.Write(ref *sequence, *sequence + 1);
        _filling = -1;

        // Full fence. Partner: the reader's last look at newest before it sleeps (FrameReader.Wait and FUTEX_WAIT, 5.5):
        // either it sees the new word, or the wake-up below finds it waiting.
        uint count = ((*(uint*)(_c + ControlLayout.Newest) >> 8) + 1) & 0x00FF_FFFF;
        Interlocked.Exchange(ref *(int*)(_c + ControlLayout.Newest), unchecked((int)((count << 8) | (uint)(slot.Index + 1))));
        int woken = _waker.Wake() + _wokenEarly;
        _wokenEarly = 0;
        _hadSleepers = woken > 0;

        CounterBlock.Add(_c, ControlLayout.PublishedCounter, 1);
        if (woken > 0)
            CounterBlock.Add(_c, ControlLayout.WakeUpsCounter, woken);
        if (_firstOfEpoch)
        {
            _firstOfEpoch = false;
            SetState(ChannelState.Live);
        }

        if (_replacedPixels is not null)
            LetGoOfReplacedPixels();
        if (now >= _nextDeadRowCheck)
            ClearDeadRows(now);
        return number;
    }

    /// <summary>
    /// Says that a frame will be published within 100 µs or so. Readers that sleep are woken now, so that their way out of sleep,
    /// which takes longer than copying a small picture, runs beside the last of the filling and not after it. Optional; costs
    /// nothing when the frame before found nobody asleep.
    /// </summary>
    public void Announce()
    {
        ThrowIfDisposed();
        if (_hadSleepers)
            _wokenEarly += _waker.Wake();
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
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"A frame of {format} has {format.PayloadLength} bytes, and {payload.Length} were given.");
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

        // The sequence stays odd: nobody reads the slot, and TakeSlot prefers it next time.
        _filling = -1;
        _wokenEarly = 0;
    }

    /// <summary>Counts a restart of the source and marks the next frame as a discontinuity.</summary>
    public void CountSourceRestart()
    {
        ThrowIfDisposed();
        CounterBlock.Add(_c, ControlLayout.SourceRestartsCounter, 1);
    }

    /// <summary>Tells readers that the source failed, or that it is back.</summary>
    /// <param name="state">Starting, Live, Stopped or Failed; the others are for readers to find out.</param>
    public void SetState(ChannelState state)
    {
        ThrowIfDisposed();
        if (state is not (ChannelState.Starting or ChannelState.Live or ChannelState.Stopped or ChannelState.Failed))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A publisher cannot set the state {state}. Use Starting, Live, Stopped or Failed.");
        Volatile.Write(ref *(uint*)(_c + ControlLayout.State), (uint)state);
    }

    /// <summary>Ends publishing cleanly: readers see Stopped (or Failed, if that was set) and keep the last frames while they hold the channel.</summary>
    public void Dispose()
    {
        lock (_lifeLock)
        {
            if (_disposed)
                return;
            if (_control.IsWhole() && Volatile.Read(ref *(uint*)(_c + ControlLayout.State)) != (uint)ChannelState.Failed)
                SetState(ChannelState.Stopped);
            _disposed = true;
        }

        _heartbeat.Dispose();

        // Readers that sleep shall see the end now and not at the end of their slice.
        _waker.Wake();
        _waker.Dispose();
        _replacedPixels?.Dispose();
        _pixels.Dispose();
        _registry.Dispose();
        _control.Dispose();
        _ownership.Dispose();
        Marshal.FreeHGlobal((IntPtr)_snapshot);
    }

    private int TakeSlot()
    {
        int newest = (int)(*(uint*)(_c + ControlLayout.Newest) & 0xFF) - 1;
        uint notNewest = newest < 0 ? 0 : 1u << newest;

        // Slots that were leased a moment ago come last: looking at a leased slot makes its sequence odd for an
        // instant, and a reader that ends its lease just then has to look again.
        int candidate = Oldest(notNewest | _lastLeased);
        if (candidate < 0)
            candidate = Oldest(notNewest);
        else if (_lastLeased != 0 && candidate != Oldest(notNewest))
            CounterBlock.Add(_c, ControlLayout.LeasedSlotsPassedCounter, 1);

        uint before = Mark(candidate);

        // Partner: the reader's fence between its confirmed lease and its last look at the sequence (5.4 step 4).
        // Either the snapshot below sees the lease, or the reader sees the odd sequence.
        Thread.MemoryBarrier();
        _registry.Snapshot(_snapshot);
        _lastLeased = LeaseScan.Confirmed(_snapshot, _slots);
        return (_lastLeased & (1u << candidate)) == 0 ? candidate : TakeSlotAmongLeases(newest, candidate, before);
    }

    /// <summary>
    /// The candidate is leased. With all slots marked at once nobody can confirm a new lease, so what two readings
    /// of the registry show is all there is, and honest readers leave one slot free (5.1 step 3).
    /// </summary>
    private int TakeSlotAmongLeases(int newest, int candidate, uint candidateBefore)
    {
        CounterBlock.Add(_c, ControlLayout.LeasedSlotsPassedCounter, 1);
        uint* before = stackalloc uint[ControlLayout.MaxSlots];
        for (int i = 0; i < _slots; i++)
            before[i] = i == candidate ? candidateBefore : i == newest ? 0 : Mark(i);

        // Partner: as in TakeSlot, now for all slots.
        Thread.MemoryBarrier();
        byte* second = _snapshot + RegistryLayout.Size;
        _registry.Snapshot(_snapshot);
        _registry.Snapshot(second);
        uint pinned = LeaseScan.ConfirmedInBoth(_snapshot, second, _slots);
        int taken = -1;
        for (int i = 0; i < _slots; i++)
        {
            if (i != newest && (pinned & (1u << i)) == 0 && (taken < 0 || IsOlder(i, before[i], taken, before[taken])))
                taken = i;
        }

        if (taken < 0)
        {
            // Only a registry that lies pins everything. That costs its readers a frame, not the publisher.
            CounterBlock.Add(_c, ControlLayout.LeasesIgnoredCounter, 1);
            taken = candidate;
        }

        for (int i = 0; i < _slots; i++)
        {
            // Nothing was touched, so the old value is true again; one left odd by a dead publisher stays odd.
            if (i != newest && i != taken && (before[i] & 1) == 0)
                Volatile.Write(ref *SlotDescriptor.SequenceOf(_c, i), before[i]);
        }

        return taken;
    }

    private uint Mark(int slot)
    {
        uint* sequence = SlotDescriptor.SequenceOf(_c, slot);
        uint before = *sequence;
        Volatile.Write(ref *sequence, (before | 1) + 2);
        return before;
    }

    /// <summary>The slot with the oldest frame among those whose bits are not set; −1 if there is none.</summary>
    private int Oldest(uint without)
    {
        int oldest = -1;
        for (int i = 0; i < _slots; i++)
        {
            if ((without & (1u << i)) == 0
                && (oldest < 0 || IsOlder(i, *SlotDescriptor.SequenceOf(_c, i), oldest, *SlotDescriptor.SequenceOf(_c, oldest))))
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private bool IsOlder(int slot, uint sequence, int other, uint otherSequence) => Number(slot, sequence) < Number(other, otherSequence);

    // A slot left odd holds no frame any more: it goes first.
    private ulong Number(int slot, uint sequence) =>
        (sequence & 1) != 0 ? 0 : *(ulong*)(_c + ControlLayout.Slot(slot) + SlotLayout.FrameNumber);

    private void ClearDeadRows(long now)
    {
        _nextDeadRowCheck = now + DeadRowCheckNanoseconds;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            byte* r = _snapshot + RegistryLayout.Row(row);

            // Only a row that costs something: one that pins a slot or asks to be woken.
            if ((r[RegistryLayout.Lease] != 0 || r[RegistryLayout.Waiting] != 0) && _registry.ClearIfDead(row))
                CounterBlock.Add(_c, ControlLayout.RowsClearedCounter, 1);
        }
    }

    private void Grow(int payloadLength)
    {
        uint generation = _description.Generation + 1;
        long capacity = PixelsLayout.Capacity(payloadLength);
        PixelsSection larger = PixelsSection.Create(_platform.Sections, Name, generation, _slots, capacity, _control.ReadPolicy() ?? _options.Access, _options.Residency);

        // A second growth before the first frame of the one before it.
        if (_replacedPixels is not null)
            LetGoOfReplacedPixels();
        _replacedPixels = _pixels;
        _pixels = larger;
        _description.Generation = generation;
        _description.SlotCapacity = capacity;
        _description.Resident = _options.Residency == MemoryResidency.None ? default : larger.Measure();
        _description.Write(_control);
    }

    private void LetGoOfReplacedPixels()
    {
        // Only now: until the first frame lay in the new generation, the newest frame lay in this one.
        PixelsSection replaced = _replacedPixels!;
        _replacedPixels = null;
        replaced.MarkReplaced();
        _platform.Sections.RemoveName(Name, SharedName.Pixels(replaced.Generation));
        replaced.Dispose();
    }

    private void Beat()
    {
        lock (_lifeLock)
        {
            if (!_disposed && _control.IsWhole())
                Volatile.Write(ref *(uint*)(_c + ControlLayout.Heartbeat), unchecked((uint)(MonotonicClock.Now / 1_000_000)));
        }
    }

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

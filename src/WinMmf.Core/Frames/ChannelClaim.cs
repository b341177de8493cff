using System;
using System.Threading;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>
/// Makes a channel, or takes it over from its dead publisher (<c>docs/protocol.md</c> sections 1.1 and 5.6).
/// What it holds passes to the <see cref="FrameWriter"/>.
/// </summary>
internal sealed unsafe class ChannelClaim : IDisposable
{
    private readonly IPlatform _platform;
    private readonly FrameChannelOptions _options;
    private AccessPolicy _access;

    private ChannelClaim(IPlatform platform, FrameChannelOptions options, IDisposable ownership)
    {
        _platform = platform;
        _options = options;
        _access = options.Access;
        Ownership = ownership;
    }

    public IDisposable Ownership { get; }

    public SharedSection Control { get; private set; } = null!;

    public ControlDescription Description { get; private set; } = null!;

    public PixelsSection Pixels { get; private set; } = null!;

    public ReaderRegistry Registry { get; private set; } = null!;

    public IWaker Waker { get; private set; } = null!;

    /// <summary>True if readers of an earlier publisher hold the channel.</summary>
    public bool TookOver { get; private set; }

    /// <summary>Number of the next frame.</summary>
    public long NextFrameNumber { get; private set; } = 1;

    /// <summary>Takes ownership, then creates or takes over.</summary>
    /// <exception cref="WinMmfException">ChannelInUse, AlreadyExists, AccessDenied, ForeignOwner, OutOfSharedMemory, VersionMismatch, CorruptHeader.</exception>
    public static ChannelClaim Make(IPlatform platform, FrameChannelOptions options)
    {
        ChannelClaim claim = new(platform, options, AcquireOwnership(platform, options.Name));
        bool done = false;
        try
        {
            claim.CreateOrTakeOver();
            done = true;
            return claim;
        }
        finally
        {
            if (!done)
                claim.Dispose();
        }
    }

    /// <summary>Lets everything go; used when making failed half-way.</summary>
    public void Dispose()
    {
        Pixels?.Dispose();
        Registry?.Dispose();
        Waker?.Dispose();
        Control?.Dispose();
        Ownership.Dispose();
    }

    private static IDisposable AcquireOwnership(IPlatform platform, SharedName name)
    {
        try
        {
            return platform.Ownership.Acquire(name);
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.ChannelInUse or WinMmfErrorId.ForeignOwner)
        {
            // Say who has it and how to read it (design P2); the plain refusal stands where that cannot be seen.
            string? who = ChannelInspector.TryDescribeOwner(platform, name);
            if (who is null)
                throw;
            throw new WinMmfException(
                WinMmfErrorId.ChannelInUse,
                $"{name} is published by {who}. Read it with Get-SharedFrame -Name '{name.Name}', stop it with Stop-CameraPublisher, or publish under another name.",
                e.NativeErrorCode,
                e);
        }
    }

    private void CreateOrTakeOver()
    {
        SharedSection? existing = _platform.Sections.TryOpen(_options.Name, "", writable: true);
        if (existing is null)
        {
            // Who asked just before the last holder let go may have joined after all: then it is no leftover, and none of
            // its parts may be touched.
            _platform.Sections.TryReclaim(_options.Name);
            existing = _platform.Sections.TryOpen(_options.Name, "", writable: true);
        }

        if (existing is null)
        {
            Create();
            return;
        }

        Control = existing;
        TakeOver();
    }

    private void Create()
    {
        long capacity = PixelsLayout.Capacity(_options.PayloadCapacity);
        Pixels = CreatePixels(1, _options.Slots, capacity, out uint generation);
        Registry = _platform.Registries.CreateOrOpen(_options.Name, _access);
        Description = new ControlDescription
        {
            Epoch = 1,
            Slots = _options.Slots,
            Generation = generation,
            SlotCapacity = capacity,
            CreatedAt = MonotonicClock.UnixNow,
        };
        Describe();
        Control = _platform.Sections.Create(
            _options.Name,
            "",
            ControlLayout.Size,
            ObjectKind.PublisherSection,
            _access,
            control =>
            {
                // Whoever can open control finds the wake-up ready as well.
                Waker = CreateWaker(control);
                Description.Write(control);
                Heartbeat(control);
                ControlAnchor.Write(control);
            },
            _options.Residency == MemoryResidency.Locked ? MemoryResidency.Locked : MemoryResidency.None);
    }

    private void TakeOver()
    {
        SharedName name = _options.Name;
        if (!Control.IsOwnedByCaller)
        {
            throw new WinMmfException(
                WinMmfErrorId.ForeignOwner,
                $"{name} belongs to {Control.Owner} and cannot be taken over from another account. Publish under another name, or let {Control.Owner} start the publisher.");
        }

        CheckIsChannel();
        UseAccessOfChannel();
        ControlDescription old = ControlDescription.Read(Control, name, ownsChannel: true);
        Volatile.Write(ref *(uint*)(Control.Address + ControlLayout.State), (uint)ChannelState.Starting);
        Heartbeat(Control);
        NextFrameNumber = LastFrameNumber(old.Slots) + 1;
        Registry = _platform.Registries.CreateOrOpen(name, _access);
        Waker = CreateWaker(Control);

        long capacity = Math.Max(PixelsLayout.Capacity(_options.PayloadCapacity), old.SlotCapacity);
        uint generation = old.Generation;
        PixelsSection? pixels = old.IsWhole ? TryReusePixels(old) : null;
        if (pixels is null || pixels.Capacity < capacity || _options.Residency != MemoryResidency.None)
        {
            PixelsSection fresh = CreatePixels(old.Generation + 1, old.Slots, capacity, out generation);
            if (pixels is not null)
            {
                pixels.MarkReplaced();
                _platform.Sections.RemoveName(name, SharedName.Pixels(pixels.Generation));
                pixels.Dispose();
            }

            pixels = fresh;
        }

        Pixels = pixels;
        Description = new ControlDescription
        {
            Epoch = old.Epoch + 1,
            Slots = old.Slots,
            Generation = generation,
            SlotCapacity = pixels.Capacity,
            CreatedAt = old.CreatedAt,
        };
        Describe();
        Description.Write(Control);
        TookOver = true;
    }

    private IWaker CreateWaker(SharedSection control) =>
        _platform.WakeUps.CreateWaker(_options.Name, _access, (uint*)(control.Address + ControlLayout.Newest), Registry);

    /// <summary>
    /// What an administrator granted lasts longer than a publisher, and all objects must say the same: so the channel keeps its
    /// access unless this publisher was told whom to let in. Then all of the channel gets that.
    /// </summary>
    private void UseAccessOfChannel()
    {
        if (_access.IsExplicit)
            AccessPlan.Make(_platform.Access, _options.Name, _ => AccessChange.Set(_access)).Apply();
        else
            _access = Control.ReadPolicy() ?? _access;
    }

    private void CheckIsChannel()
    {
        try
        {
            ControlAnchor.Check(Control, _options.Name);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotAChannel)
        {
            throw new WinMmfException(
                WinMmfErrorId.AlreadyExists,
                $"{_options.Name} exists and is not a frame channel, so nothing is published there. Publish under another name; Get-SharedMemoryInfo shows what it is.",
                0,
                e);
        }
    }

    private void Describe()
    {
        Description.Resident = _options.Residency == MemoryResidency.None ? default : Pixels.Measure();
        Description.FrameRateMillihertz = (uint)Math.Round(_options.FrameRate * 1000);
        Description.UnixOffset = MonotonicClock.UnixOffset;
        Description.Owner = _platform.Processes.Current;
        Description.Writer = _platform.Processes.Current;
        Description.Source = _options.Source;
        Description.Endpoint = _options.ControlEndpoint;
        Description.Account = _platform.Processes.CurrentAccount;
    }

    private PixelsSection? TryReusePixels(ControlDescription old)
    {
        try
        {
            PixelsSection? pixels = PixelsSection.TryOpen(_platform.Sections, _options.Name, old.Generation, writable: true);
            if (pixels is null || (pixels.Slots == old.Slots && pixels.Capacity == old.SlotCapacity))
                return pixels;
            pixels.Dispose();
            return null;
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.CorruptHeader or WinMmfErrorId.Truncated)
        {
            // A spoiled section is simply not used again.
            return null;
        }
    }

    private PixelsSection CreatePixels(uint generation, int slots, long capacity, out uint used)
    {
        // A publisher killed between creating a generation and naming it in control leaves one behind:
        // on Linux its file, on Windows the section while a curious process has it open.
        const int Tries = 16;
        for (int i = 0; ; i++, generation++)
        {
            _platform.Sections.RemoveName(_options.Name, SharedName.Pixels(generation));
            try
            {
                used = generation;
                return PixelsSection.Create(_platform.Sections, _options.Name, generation, slots, capacity, _access, _options.Residency);
            }
            catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists && i < Tries)
            {
                // Try the next number.
            }
        }
    }

    private long LastFrameNumber(int slots)
    {
        // Not only the newest slot: the predecessor may have died between finishing a slot and making it newest,
        // and a reader may have taken that frame.
        long last = 0;
        for (int i = 0; i < slots; i++)
        {
            byte* slot = Control.Address + ControlLayout.Slot(i);
            if ((*(uint*)(slot + SlotLayout.Sequence) & 1) == 0)
                last = Math.Max(last, *(long*)(slot + SlotLayout.FrameNumber));
        }

        return Math.Min(last, long.MaxValue - 1);
    }

    private static void Heartbeat(SharedSection control) =>
        Volatile.Write(ref *(uint*)(control.Address + ControlLayout.Heartbeat), unchecked((uint)(MonotonicClock.Now / 1_000_000)));
}

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
/// Makes a channel, takes it over from its dead publisher, or moves it when its names were removed (<c>docs/protocol.md</c> sections 10 and
/// 11). What it holds passes to the <see cref="FrameWriter"/>.
/// </summary>
internal sealed unsafe class ChannelClaim : IDisposable
{
    private const long RaceLimitNanoseconds = 2_000_000_000;

    private readonly IPlatform _platform;
    private readonly FrameChannelOptions _options;
    private AccessPolicy _access;

    private ChannelClaim(IPlatform platform, FrameChannelOptions options, ChannelSite site, AccessPolicy access)
    {
        _platform = platform;
        _options = options;
        _access = access;
        Site = site;
    }

    public ChannelSite Site { get; }

    public SharedSection Control { get; private set; } = null!;

    public ControlDescription Description { get; private set; } = null!;

    public PixelsSection Pixels { get; private set; } = null!;

    /// <summary>Pixels of the predecessor, whose name goes with the first frame; null: none.</summary>
    public PixelsSection? Retired { get; private set; }

    public PublisherRows Rows { get; private set; } = null!;

    /// <summary>True if readers of an earlier publisher hold the channel.</summary>
    public bool TookOver { get; private set; }

    /// <summary>Number of the next frame.</summary>
    public long NextFrameNumber { get; private set; } = 1;

    /// <summary>Takes ownership, then creates or takes over.</summary>
    /// <exception cref="WinMmfException">
    /// ChannelInUse, AlreadyExists, AccessDenied, ForeignOwner, NotTrusted, OutOfSharedMemory, VersionMismatch, CorruptHeader.
    /// </exception>
    public static ChannelClaim Make(IPlatform platform, FrameChannelOptions options)
    {
        long limit = MonotonicClock.Now + RaceLimitNanoseconds;
        while (true)
        {
            ChannelClaim claim = new(platform, options, ClaimSite(platform, options.Name), options.Access);
            bool done = false;
            try
            {
                if (claim.Site.Found is null)
                    claim.Create();
                else
                    claim.TakeOver(claim.Site.Found);
                done = true;
                return claim;
            }
            catch (WinMmfException e) when (
                e.ErrorId == WinMmfErrorId.AlreadyExists && claim.Site.Found is null && MonotonicClock.Now < limit)
            {
                // Another starter gave its control the name first: look at that one.
            }
            finally
            {
                if (!done)
                    claim.Dispose();
            }
        }
    }

    /// <summary>
    /// Makes the channel anew under its name, with everything that goes on: epoch, generation, frame numbers, counters (protocol 11.2).
    /// </summary>
    /// <exception cref="WinMmfException">ChannelLost, OutOfSharedMemory, AccessDenied, SystemError.</exception>
    public static ChannelClaim Move(IPlatform platform, FrameChannelOptions options, ChannelClaim old, long nextFrameNumber)
    {
        AccessPolicy access = old.Control.ReadPolicy() ?? options.Access;
        ChannelClaim claim = new(platform, options, old.Site.Move(old.Control), access);
        bool done = false;
        try
        {
            claim.Continue(old, nextFrameNumber);
            done = true;
            return claim;
        }
        finally
        {
            if (!done)
                claim.Dispose();
        }
    }

    /// <summary>Makes the next generation, for larger frames; who may read control now may read it.</summary>
    /// <exception cref="WinMmfException">OutOfSharedMemory, AccessDenied, SystemError.</exception>
    public PixelsSection CreateLarger(long capacity)
    {
        _access = Control.ReadPolicy() ?? _access;
        return CreatePixels(Next(Description.Generation), Description.Slots, capacity, out _);
    }

    /// <summary>The number after an epoch or a generation; 0 is none.</summary>
    public static uint Next(uint number) => number == uint.MaxValue ? 1 : number + 1;

    /// <summary>Lets everything go; the pixels too, as far as no other object has taken them over.</summary>
    public void Dispose()
    {
        Retired?.Dispose();
        Pixels?.Dispose();
        Rows?.Dispose();
        Control?.Dispose();
        if (Control is null)
            Site.Found?.Dispose();
        Site.Dispose();
    }

    private static ChannelSite ClaimSite(IPlatform platform, SharedName name)
    {
        try
        {
            return platform.Channels.Claim(name);
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.ChannelInUse or WinMmfErrorId.ForeignOwner)
        {
            // Say who has it and how to read it (design P2); the plain refusal stands where that cannot be seen.
            string? who = ChannelInspector.TryDescribeOwner(platform, name);
            if (who is null)
                throw;
            throw new WinMmfException(
                WinMmfErrorId.ChannelInUse,
                $"{name} is published by {who}.",
                name.ToFacts() with { Owner = e.Facts.Owner, ProcessId = e.Facts.ProcessId },
                e.NativeErrorCode,
                e);
        }
    }

    private void Create()
    {
        long capacity = PixelsLayout.Capacity(_options.PayloadCapacity);
        Pixels = CreatePixels(1, _options.Slots, capacity, out uint generation);
        Rows = Site.OpenRows(null, _access, epoch: 1);
        Description = new ControlDescription
        {
            Epoch = 1,
            Slots = _options.Slots,
            Generation = generation,
            SlotCapacity = capacity,
            CreatedAt = MonotonicClock.UnixNow,
        };
        Describe();
        CreateControl(static _ => { });
    }

    private void Continue(ChannelClaim old, long nextFrameNumber)
    {
        ControlDescription before = old.Description;
        uint epoch = Next(before.Epoch);
        NextFrameNumber = nextFrameNumber;
        TookOver = old.TookOver;
        Pixels = CreatePixels(Next(before.Generation), before.Slots, before.SlotCapacity, out uint generation);
        Rows = Site.OpenRows(null, _access, epoch);
        Description = new ControlDescription
        {
            Epoch = epoch,
            Slots = before.Slots,
            Generation = generation,
            SlotCapacity = before.SlotCapacity,
            CreatedAt = before.CreatedAt,
        };
        Describe();
        byte* from = old.Control.Address;
        try
        {
            CreateControl(control =>
            {
                *(uint*)(control.Address + ControlLayout.State) = Volatile.Read(ref *(uint*)(from + ControlLayout.State));
                CounterBlock.Copy(from, control.Address);
                FailureRecord.Copy(from, control.Address);
                CounterBlock.Add(control.Address, ControlLayout.MovesCounter, 1);
            });
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
        {
            throw new WinMmfException(
                WinMmfErrorId.ChannelLost,
                $"The files of {Site.Name} were removed while it was published, and its name was taken before it could be made anew. "
                    + e.Message,
                Site.Name.ToFacts(),
                e.NativeErrorCode,
                e);
        }
    }

    private void CreateControl(SectionInitialiser more) => Control = Site.CreateControl(
        _access,
        control =>
        {
            more(control);
            Description.Write(control);
            Heartbeat(control, MonotonicClock.Now);
        },
        _options.Residency == MemoryResidency.Locked ? MemoryResidency.Locked : MemoryResidency.None);

    private void TakeOver(SharedSection found)
    {
        SharedName name = _options.Name;
        CheckIsChannel(found);
        Control = found;
        ControlDescription old = ControlDescription.Read(found, name, ownsChannel: true);
        byte* c = found.Address;
        Volatile.Write(ref *(uint*)(c + ControlLayout.State), (uint)ChannelState.Starting);
        Heartbeat(found, MonotonicClock.Now);
        NextFrameNumber = LastFrameNumber(old.Slots) + 1;
        CloseGate(c);
        if (!_access.IsExplicit)
            _access = found.ReadPolicy() ?? _access;

        uint epoch = Next(old.Epoch);
        long capacity = Math.Max(PixelsLayout.Capacity(_options.PayloadCapacity), old.SlotCapacity);
        uint generation = TakePixels(old, capacity);
        UseAccessOfChannel();
        Rows = Site.OpenRows(found, _access, epoch);
        Description = new ControlDescription
        {
            Epoch = epoch,
            Slots = old.Slots,
            Generation = generation,
            SlotCapacity = Pixels.Capacity,
            CreatedAt = old.CreatedAt,
        };
        Describe();

        // Before the description: who reads the new one finds everything that it names.
        *(uint*)(c + AnchorLayout.VersionOffset) = ProtocolVersion.Word;
        Description.Write(found);
        TookOver = true;
    }

    /// <summary>An account that gets access now must not see earlier frames, and memory that must not be paged out is locked.</summary>
    private bool MayReuse => _options.Residency == MemoryResidency.None && !_access.IsExplicit;

    /// <summary>
    /// New pixels, so that living leases stay as they are; the old ones where no reader holds them, or where memory does not suffice for
    /// both.
    /// </summary>
    private uint TakePixels(ControlDescription old, long capacity)
    {
        PixelsSection? pixels = TryOpenOldPixels(old, out bool isHeld);
        bool fits = pixels is not null && pixels.Capacity >= capacity;
        try
        {
            if (fits && !isHeld && MayReuse)
            {
                Pixels = pixels!;
                return old.Generation;
            }

            PixelsSection fresh = CreatePixels(Next(old.Generation), old.Slots, capacity, out uint generation);
            pixels?.Retire(Control.Address);
            Retired = pixels;
            Pixels = fresh;
            return generation;
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.OutOfSharedMemory && fits && MayReuse)
        {
            CounterBlock.Add(Control.Address, ControlLayout.PixelsReusedCounter, 1);
            Pixels = pixels!;
            return old.Generation;
        }
        catch
        {
            pixels?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What an administrator granted lasts longer than a publisher, and all objects must say the same: so the channel keeps its
    /// access unless this publisher was told whom to let in. Then all of the channel gets that; the pixels are fresh by then.
    /// </summary>
    private void UseAccessOfChannel()
    {
        if (_access.IsExplicit)
            AccessPlan.Make(_platform.Access, _options.Name, _ => AccessChange.Set(_access)).Apply();
    }

    private void CheckIsChannel(SharedSection found)
    {
        try
        {
            ControlAnchor.Check(found, _options.Name);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotAChannel)
        {
            throw new WinMmfException(
                WinMmfErrorId.AlreadyExists,
                $"{_options.Name} exists and is not a frame channel, so nothing is published there.",
                _options.Name.ToFacts(),
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
        Description.Endpoint = _options.OpenControlPipe?.Invoke(Site.Folder) ?? "";
        Description.Account = _platform.Processes.CurrentAccount;
    }

    private PixelsSection? TryOpenOldPixels(ControlDescription old, out bool isHeld)
    {
        isHeld = false;
        if (!old.IsWhole)
            return null;
        try
        {
            PixelsSection? pixels = PixelsSection.TryUse(Site.TryOpenPixels(old.Generation, out isHeld), _options.Name, old.Generation);
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
        // on Linux its file, on Windows the section while a curious process has it open, or a stranger's.
        // An object that another account put there, as every account can on Windows with an event, is passed by: by numbers that no account
        // knows beforehand.
        const int Tries = 16;
        const int InTurn = 4;
        for (int i = 0; ; i++, generation = i < InTurn ? Next(generation) : Next(BitConverter.ToUInt32(Guid.NewGuid().ToByteArray(), 0)))
        {
            Site.RemovePixels(generation);
            try
            {
                used = generation;
                return PixelsSection.Create(Site, generation, slots, capacity, _access, _options.Residency);
            }
            catch (WinMmfException e) when (
                e.ErrorId is WinMmfErrorId.AlreadyExists or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType && i < Tries)
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

    private static void CloseGate(byte* c)
    {
        uint newest = *(uint*)(c + ControlLayout.Newest);
        Volatile.Write(ref *(uint*)(c + ControlLayout.Gate), newest == 0 ? 0 : newest | ControlLayout.GateClosed);
        Volatile.Write(ref *(uint*)(c + ControlLayout.RowsLookedAt), 0);
    }

    /// <summary>Writes the heartbeat.</summary>
    public static void Heartbeat(SharedSection control, long now) =>
        Volatile.Write(ref *(uint*)(control.Address + ControlLayout.Heartbeat), unchecked((uint)(now / 1_000_000)));
}

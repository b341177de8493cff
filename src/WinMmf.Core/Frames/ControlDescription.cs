using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>A checked copy of a control section's description (<c>docs/protocol.md</c> section 3).</summary>
internal sealed unsafe class ControlDescription
{
    private const long ReadLimitNanoseconds = 2_000_000_000;

    /// <summary>False if the publisher died while it wrote this; seen in a takeover only.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>The description sequence with which this was read; changes with each change.</summary>
    public uint Sequence { get; private set; }

    public uint Epoch { get; set; }

    public int Slots { get; set; }

    public uint Generation { get; set; }

    public uint FrameRateMillihertz { get; set; }

    public long SlotCapacity { get; set; }

    public long CreatedAt { get; set; }

    public long UnixOffset { get; set; }

    public ProcessIdentity Owner { get; set; }

    public ProcessIdentity Writer { get; set; }

    /// <summary>True once this control section is the channel no more (protocol section 11).</summary>
    public bool IsMoved { get; set; }

    public string Source { get; set; } = "";

    public string Endpoint { get; set; } = "";

    public string Account { get; set; } = "";

    /// <summary>What is really locked or in large pages, of the pixels that are in use; nothing where it was not asked for.</summary>
    public ResidentBytes Resident { get; set; }

    /// <summary>Reads the description whole and checks every number in it against what is possible.</summary>
    /// <param name="control">A section whose anchor was checked.</param>
    /// <param name="name">For messages.</param>
    /// <param name="ownsChannel">The caller owns the channel, so an odd sequence means a dead writer: take what is there.</param>
    /// <exception cref="WinMmfException">CorruptHeader, Truncated, NotReady.</exception>
    public static ControlDescription Read(SharedSection control, SharedName name, bool ownsChannel = false)
    {
        byte* copy = stackalloc byte[ControlLayout.DescriptionEnd];
        bool whole = TryCopy(control, name, copy);
        if (!whole && !ownsChannel)
        {
            long limit = MonotonicClock.Now + ReadLimitNanoseconds;
            for (; !whole && control.IsLive && MonotonicClock.Now < limit; whole = TryCopy(control, name, copy))
                Thread.Sleep(1);
            if (!whole)
            {
                throw new WinMmfException(
                    WinMmfErrorId.ChannelIncomplete,
                    $"The publisher of {name} died while it was changing the channel.",
                    name.ToFacts());
            }
        }

        return Parse(copy, whole, name);
    }

    /// <summary>Reads the description once; null if it is being written.</summary>
    /// <exception cref="WinMmfException">CorruptHeader, Truncated.</exception>
    public static ControlDescription? TryRead(SharedSection control, SharedName name)
    {
        byte* copy = stackalloc byte[ControlLayout.DescriptionEnd];
        return TryCopy(control, name, copy) ? Parse(copy, whole: true, name) : null;
    }

    /// <summary>Writes this description under an odd sequence, so that a reader takes either the old one or the new one.</summary>
    public void Write(SharedSection control)
    {
        byte* c = control.Address;
        uint sequence = *(uint*)(c + ControlLayout.DescriptionSequence);
        Volatile.Write(ref *(uint*)(c + ControlLayout.DescriptionSequence), (sequence | 1) + 2);

        // Partner: the fence in TryCopy. Who sees any new field sees the odd sequence too.
        Thread.MemoryBarrier();
        *(uint*)(c + ControlLayout.Epoch) = Epoch;
        *(uint*)(c + ControlLayout.SlotCount) = (uint)Slots;
        *(uint*)(c + ControlLayout.MostRows) = RowLayout.Most;
        *(uint*)(c + ControlLayout.PixelsGeneration) = Generation;
        *(uint*)(c + ControlLayout.FrameRateMillihertz) = FrameRateMillihertz;
        *(long*)(c + ControlLayout.SlotCapacity) = SlotCapacity;
        *(long*)(c + ControlLayout.CreatedAt) = CreatedAt;
        *(long*)(c + ControlLayout.UnixOffset) = UnixOffset;
        SharedIdentity.Write(c + ControlLayout.OwnerIdentity, Owner);
        SharedIdentity.Write(c + ControlLayout.WriterIdentity, Writer);
        *(long*)(c + ControlLayout.LockedBytes) = Resident.Locked;
        *(long*)(c + ControlLayout.LargePageBytes) = Resident.LargePages;
        *(uint*)(c + ControlLayout.Moved) = IsMoved ? 1u : 0;
        SharedText.Write(c + ControlLayout.Source, ControlLayout.SourceBytes, Source);
        SharedText.Write(c + ControlLayout.Endpoint, ControlLayout.EndpointBytes, Endpoint);
        SharedText.Write(c + ControlLayout.Account, ControlLayout.AccountBytes, Account);

        // Release. Partner: the acquiring first read in TryCopy.
        Volatile.Write(ref *(uint*)(c + ControlLayout.DescriptionSequence), (sequence | 1) + 3);
    }

    private static bool TryCopy(SharedSection control, SharedName name, byte* copy)
    {
        if (!control.IsWhole())
            throw ControlAnchor.Truncated(name, "control");
        uint* sequence = (uint*)(control.Address + ControlLayout.DescriptionSequence);
        uint before = Volatile.Read(ref *sequence);
        Buffer.MemoryCopy(control.Address, copy, ControlLayout.DescriptionEnd, ControlLayout.DescriptionEnd);

        // Acquire fence. Partner: the full fence in Write.
        ReadFence.Acquire();
        return (before & 1) == 0 && Volatile.Read(ref *sequence) == before;
    }

    private static ControlDescription Parse(byte* d, bool whole, SharedName name)
    {
        uint slots = *(uint*)(d + ControlLayout.SlotCount);
        uint rows = *(uint*)(d + ControlLayout.MostRows);
        long capacity = *(long*)(d + ControlLayout.SlotCapacity);
        uint generation = *(uint*)(d + ControlLayout.PixelsGeneration);
        uint epoch = *(uint*)(d + ControlLayout.Epoch);
        if (slots is < ControlLayout.MinSlots or > ControlLayout.MaxSlots)
            throw ControlAnchor.Corrupt(
                name, $"its slot count is {slots}, {ControlLayout.MinSlots} to {ControlLayout.MaxSlots} are possible");
        if (rows != RowLayout.Most)
            throw ControlAnchor.Corrupt(name, $"it has {rows} rows instead of {RowLayout.Most}");
        if (capacity is <= 0 or > int.MaxValue || capacity % PixelsLayout.Alignment != 0)
            throw ControlAnchor.Corrupt(name,
                $"its slot capacity is {capacity} bytes, which is no multiple of {PixelsLayout.Alignment} up to {FrameFormat.MaxPayload}");
        if (generation == 0)
            throw ControlAnchor.Corrupt(name, "its pixels generation is 0");
        if (epoch == 0)
            throw ControlAnchor.Corrupt(name, "its epoch is 0");

        string endpoint = SharedText.Read(d + ControlLayout.Endpoint, ControlLayout.EndpointBytes);
        bool mayNameIt = SectionAnchor.TryRead(d, out SectionAnchor anchor) && anchor.Tie.MayName(endpoint);
        return new ControlDescription
        {
            IsWhole = whole,
            Sequence = *(uint*)(d + ControlLayout.DescriptionSequence),
            IsMoved = *(uint*)(d + ControlLayout.Moved) != 0,
            Epoch = epoch,
            Slots = (int)slots,
            Generation = generation,
            FrameRateMillihertz = *(uint*)(d + ControlLayout.FrameRateMillihertz),
            SlotCapacity = capacity,
            CreatedAt = *(long*)(d + ControlLayout.CreatedAt),
            UnixOffset = *(long*)(d + ControlLayout.UnixOffset),
            Owner = SharedIdentity.Read(d + ControlLayout.OwnerIdentity),
            Writer = SharedIdentity.Read(d + ControlLayout.WriterIdentity),
            Resident = new ResidentBytes(
                Math.Max(0, *(long*)(d + ControlLayout.LockedBytes)), Math.Max(0, *(long*)(d + ControlLayout.LargePageBytes))),
            Source = SharedText.Read(d + ControlLayout.Source, ControlLayout.SourceBytes),
            Endpoint = mayNameIt ? endpoint : "",
            Account = SharedText.Read(d + ControlLayout.Account, ControlLayout.AccountBytes),
        };
    }
}

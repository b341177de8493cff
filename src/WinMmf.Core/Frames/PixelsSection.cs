using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Frames;

/// <summary>One generation of payload memory: <c>docs/protocol.md</c> section 4.</summary>
internal sealed unsafe class PixelsSection : IDisposable
{
    private readonly SharedSection _section;

    private PixelsSection(SharedSection section, SharedName name, uint generation, int slots, long capacity)
    {
        _section = section;
        Name = name;
        Generation = generation;
        Slots = slots;
        Capacity = capacity;
    }

    public SharedName Name { get; }

    public uint Generation { get; }

    public int Slots { get; }

    /// <summary>Bytes a slot can hold.</summary>
    public long Capacity { get; }

    /// <summary>False once the section was cut short.</summary>
    public bool IsStillWhole() => _section.IsStillWhole();

    /// <summary>Start of a slot's payload.</summary>
    public byte* Payload(int slot) => _section.Address + PixelsLayout.Payload(slot, Capacity);

    /// <summary>What is really locked or in large pages, now.</summary>
    public ResidentBytes Measure() => _section.Measure();

    /// <summary>The mapped section.</summary>
    public SharedSection Section => _section;

    /// <summary>Creates a generation.</summary>
    /// <exception cref="WinMmfException">
    /// OutOfSharedMemory, AlreadyExists, AccessDenied; PrivilegeNotHeld, LockedMemoryLimit, NotSupported where it must not be paged out.
    /// </exception>
    public static PixelsSection Create(
        ChannelSite site, uint generation, int slots, long capacity, AccessPolicy access, MemoryResidency residency = MemoryResidency.None)
    {
        SharedSection section = site.CreatePixels(
            generation,
            PixelsLayout.TotalSize(slots, capacity),
            access,
            created =>
            {
                byte* p = created.Address;
                *(uint*)(p + PixelsLayout.GenerationOffset) = generation;
                *(uint*)(p + PixelsLayout.SlotCountOffset) = (uint)slots;
                *(long*)(p + PixelsLayout.SlotCapacityOffset) = capacity;
            },
            residency);
        return new PixelsSection(section, site.Name, generation, slots, capacity);
    }

    /// <summary>Checks a section that was opened as a generation; null if it is not finished. Disposes it then, and on an error.</summary>
    /// <exception cref="WinMmfException">CorruptHeader, Truncated.</exception>
    public static PixelsSection? TryUse(SharedSection? section, SharedName name, uint generation)
    {
        if (section is null)
            return null;
        bool keep = false;
        try
        {
            if (section.Size < PixelsLayout.Alignment || !section.IsWhole())
                throw ControlAnchor.Truncated(name, "pixels");
            byte* p = section.Address;
            if (!SectionAnchor.TryReadMapped(p, section.Size, out SectionAnchor anchor) || !anchor.Is(SectionKind.Pixels, name))
                return null;
            uint headerGeneration = *(uint*)(p + PixelsLayout.GenerationOffset);
            uint slots = *(uint*)(p + PixelsLayout.SlotCountOffset);
            long capacity = *(long*)(p + PixelsLayout.SlotCapacityOffset);
            if (headerGeneration != generation)
                throw ControlAnchor.Corrupt(name, $"pixels generation {generation} says that it is {headerGeneration}");
            if (slots is < ControlLayout.MinSlots or > ControlLayout.MaxSlots)
                throw ControlAnchor.Corrupt(name, $"its pixels section has {slots} slots");
            if (capacity is <= 0 or > int.MaxValue || capacity % PixelsLayout.Alignment != 0)
                throw ControlAnchor.Corrupt(name, $"its pixels section has slots of {capacity} bytes");

            // 24 slots of 2³¹ bytes do not overflow 64 bits.
            if (PixelsLayout.TotalSize((int)slots, capacity) > section.Size)
                throw ControlAnchor.Truncated(name, "pixels");
            keep = true;
            return new PixelsSection(section, name, generation, (int)slots, capacity);
        }
        finally
        {
            if (!keep)
                section.Dispose();
        }
    }

    /// <summary>
    /// Records that no payload is written here any more, and each slot's sequence at that moment, by which leases that still lie here are
    /// judged (protocol 4.2, 6.4). Before any sequence changes for the next generation.
    /// </summary>
    public void Retire(byte* control)
    {
        for (int i = 0; i < Slots; i++)
            *(uint*)(_section.Address + PixelsLayout.FinalSequence(i)) = *SlotDescriptor.SequenceOf(control, i);

        // Release. Partner: the acquiring read in WasIntactWhenRetired.
        Volatile.Write(ref *(uint*)(_section.Address + PixelsLayout.RetiredOffset), 1);
    }

    /// <summary>True if no payload is written here any more, and a slot's final sequence is a given one.</summary>
    public bool WasIntactWhenRetired(int slot, uint sequence) =>
        Volatile.Read(ref *(uint*)(_section.Address + PixelsLayout.RetiredOffset)) != 0
        && *(uint*)(_section.Address + PixelsLayout.FinalSequence(slot)) == sequence;

    /// <inheritdoc/>
    public void Dispose() => _section.Dispose();
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Frames;

/// <summary>One generation of payload memory: <c>docs/protocol.md</c> section 3.</summary>
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

    /// <summary>False once somebody cut the section short.</summary>
    public bool IsStillWhole() => _section.IsStillWhole();

    /// <summary>Start of a slot's payload.</summary>
    public byte* Payload(int slot) => _section.Address + PixelsLayout.Payload(slot, Capacity);

    /// <summary>What is really locked or in large pages, now.</summary>
    public ResidentBytes Measure() => _section.Measure();

    /// <summary>Creates a generation.</summary>
    /// <exception cref="WinMmfException">OutOfSharedMemory, AlreadyExists, AccessDenied; PrivilegeNotHeld, LockedMemoryLimit, NotSupported where it shall not be paged out.</exception>
    public static PixelsSection Create(ISectionStore store, SharedName name, uint generation, int slots, long capacity, AccessPolicy access, MemoryResidency residency = MemoryResidency.None)
    {
        SharedSection section = store.Create(
            name,
            SharedName.Pixels(generation),
            PixelsLayout.TotalSize(slots, capacity),
            ObjectKind.PublisherSection,
            access,
            created =>
            {
                byte* p = created.Address;
                *(uint*)(p + PixelsLayout.VersionOffset) = ProtocolVersion.Word;
                *(uint*)(p + PixelsLayout.GenerationOffset) = generation;
                *(uint*)(p + PixelsLayout.SlotCountOffset) = (uint)slots;
                *(long*)(p + PixelsLayout.SlotCapacityOffset) = capacity;

                // Release. Partner: the acquiring read of the magic in TryOpen.
                Volatile.Write(ref *(uint*)(p + PixelsLayout.MagicOffset), PixelsLayout.Magic);
            },
            residency);
        return new PixelsSection(section, name, generation, slots, capacity);
    }

    /// <summary>Opens a generation; null if it does not exist (any more) or is not finished.</summary>
    /// <exception cref="WinMmfException">CorruptHeader, Truncated, AccessDenied.</exception>
    public static PixelsSection? TryOpen(ISectionStore store, SharedName name, uint generation, bool writable)
    {
        SharedSection? section = store.TryOpen(name, SharedName.Pixels(generation), writable);
        if (section is null)
            return null;
        bool keep = false;
        try
        {
            if (section.Size < PixelsLayout.Alignment || !section.IsWhole())
                throw ControlAnchor.Truncated(name, "pixels");

            // Acquire. Partner: the release in Create.
            byte* p = section.Address;
            if (Volatile.Read(ref *(uint*)(p + PixelsLayout.MagicOffset)) != PixelsLayout.Magic)
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

    /// <summary>Tells holders of this generation only that a newer one exists.</summary>
    public void MarkReplaced() => Volatile.Write(ref *(uint*)(_section.Address + PixelsLayout.ReplacedOffset), 1);

    /// <inheritdoc/>
    public void Dispose() => _section.Dispose();
}

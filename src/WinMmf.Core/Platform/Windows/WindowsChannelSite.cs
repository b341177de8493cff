using System;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>A name that this process owns for publishing (protocol section 10).</summary>
internal sealed unsafe class WindowsChannelSite : ChannelSite
{
    private readonly WindowsSectionStore _sections;
    private readonly WindowsProcessProbe _processes;
    private readonly IDisposable _ownership;
    private WindowsRows? _rows;

    public WindowsChannelSite(
        SharedName name, WindowsSectionStore sections, WindowsProcessProbe processes, IDisposable ownership, SharedSection? found)
        : base(name)
    {
        _sections = sections;
        _processes = processes;
        _ownership = ownership;
        Found = found;
    }

    /// <inheritdoc/>
    public override string? Folder => null;

    /// <inheritdoc/>
    public override SharedSection CreateControl(AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency)
    {
        SharedSection control = Create(
            "", ControlLayout.Size, ObjectKind.PublisherSection, policy, SectionKind.Control, ControlLayout.Size, fill, residency);
        _rows?.Guard(control);
        return control;
    }

    /// <inheritdoc/>
    public override SharedSection CreatePixels(
        uint generation, long size, AccessPolicy policy, SectionInitialiser fill, MemoryResidency residency) =>
        Create(SharedName.Pixels(generation), size, ObjectKind.PublisherSection, policy, SectionKind.Pixels, PixelsLayout.Alignment, fill,
            residency);

    /// <inheritdoc/>
    /// <remarks>A section that still exists is held: it ends with its last handle.</remarks>
    public override SharedSection? TryOpenPixels(uint generation, out bool isHeld)
    {
        isHeld = true;
        SharedSection? pixels = _sections.TryOpen(Name, SharedName.Pixels(generation), writable: true);
        if (pixels is { IsOwnedByCaller: true })
            WindowsLabelWriter.Raise(WindowsObjectName.For(Name, SharedName.Pixels(generation)));
        return pixels;
    }

    /// <inheritdoc/>
    /// <remarks>The name goes with the last handle.</remarks>
    public override void RemovePixels(uint generation)
    {
    }

    /// <inheritdoc/>
    public override PublisherRows OpenRows(SharedSection? control, AccessPolicy policy, uint epoch)
    {
        _rows = new WindowsRows(Name, policy, TryOpenRegistry(policy), _processes);
        if (control is not null)
            _rows.Guard(control);
        return _rows;
    }

    /// <inheritdoc/>
    /// <remarks>A name stays while its section is held.</remarks>
    public override bool AreNamesOurs(SharedSection control, SharedSection pixels, uint generation) => true;

    /// <inheritdoc/>
    public override ChannelSite Move(SharedSection control) =>
        throw new InvalidOperationException("Names do not vanish on Windows.");

    /// <inheritdoc/>
    public override void Dispose() => _ownership.Dispose();

    /// <summary>
    /// The registry, new or that of the readers that hold it; null if it cannot be opened; the channel then works without.
    /// </summary>
    private SharedSection? TryOpenRegistry(AccessPolicy policy)
    {
        const int Attempts = 50;

        // The last reader may close an existing registry between the two attempts, hence the loop.
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return Create(SharedName.RegistrySuffix, RegistryLayout.Size, ObjectKind.Registry, policy, SectionKind.Registry,
                    RegistryLayout.Size, static _ => { }, MemoryResidency.None);
            }
            catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
            {
                SharedSection? existing = _sections.TryOpen(Name, SharedName.RegistrySuffix, writable: true);
                if (existing is null)
                    continue;
                if (!existing.IsOwnedByCaller || existing.Size < RegistryLayout.Size)
                {
                    existing.Dispose();
                    return null;
                }

                // Any reader may have spoilt the anchor, and a creator may have been killed before it wrote one.
                SectionAnchor.Write(existing.Address, SectionKind.Registry, RegistryLayout.Size, Name, FolderTie.None);
                return existing;
            }
            catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType)
            {
                return null;
            }
        }

        return null;
    }

    private SharedSection Create(
        string suffix, long size, ObjectKind objectKind, AccessPolicy policy, SectionKind kind, int structureSize, SectionInitialiser fill,
            MemoryResidency residency) =>
        _sections.Create(
            Name,
            suffix,
            size,
            objectKind,
            policy,
            section =>
            {
                fill(section);
                WriteAnchor(section, kind, structureSize);
            },
            residency);

    private void WriteAnchor(SharedSection section, SectionKind kind, int structureSize) =>
        SectionAnchor.Write(section.Address, kind, structureSize, Name, FolderTie.None);
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Plain memories and their companions as sections (protocol 8.2).</summary>
internal sealed unsafe class WindowsMemoryStore : IMemoryStore
{
    private const int Tries = 100;
    private const int PauseMilliseconds = 5;

    private readonly WindowsSectionStore _sections;
    private readonly WindowsOwnershipStore _ownership;

    public WindowsMemoryStore(WindowsSectionStore sections, WindowsOwnershipStore ownership)
    {
        _sections = sections;
        _ownership = ownership;
    }

    /// <inheritdoc/>
    public MemorySections Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, CompanionInitialiser fill, MemoryResidency residency)
    {
        using IDisposable ownership = Own(name);
        SharedSection? companion = null;
        SharedSection? memory = null;
        try
        {
            // The companion first, so that a process that finds the memory finds its companion too; its anchor last, when both are
            // complete.
            companion = _sections.Create(
                name, SharedName.HoldersSuffix, HoldersLayout.Size, ObjectKind.LockedMemory, policy, static _ => { });
            long room = MemoryTailLayout.RoomFor(size, Environment.SystemPageSize);
            memory = _sections.Create(
                name, "", room, kind, policy, made => MemoryTailLayout.Write(made.Address, made.Size, size), residency);
            fill(memory, companion, null);
            SectionAnchor.Write(companion.Address, SectionKind.Holders, HoldersLayout.Size, name, FolderTie.None);
            MemorySections made = new(memory, companion);
            memory = null;
            companion = null;
            return made;
        }
        finally
        {
            memory?.Dispose();
            companion?.Dispose();
        }
    }

    /// <inheritdoc/>
    public SharedSection? TryOpenCompanion(SharedName name, bool writable)
    {
        SharedSection? section = _sections.TryOpen(name, SharedName.HoldersSuffix, writable);
        if (section is null || (SectionAnchor.TryReadMapped(section.Address, section.Size, out SectionAnchor anchor)
            && anchor.Is(SectionKind.Holders, name)))
            return section;
        section.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public SharedSection? TryLookAtCompanion(SharedName name) => TryOpenCompanion(name, writable: false);

    /// <inheritdoc/>
    public SharedSection? TryAdopt(SharedName name, SharedSection memory)
    {
        if (!memory.IsOwnedByCaller || !_sections.IsAbsent(name, SharedName.HoldersSuffix))
            return null;
        try
        {
            // Without a creator or another adopter beside it.
            using IDisposable ownership = _ownership.Acquire(name, SectionKind.Holders);
            return new WindowsAdoption(_sections).TryMake(name, memory);
        }
        catch (WinMmfException)
        {
            return null;
        }
    }

    /// <summary>Excludes other creators of the name, publishers included, until both sections exist.</summary>
    private IDisposable Own(SharedName name)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return _ownership.Acquire(name, SectionKind.Holders);
            }
            catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.ChannelInUse && i < Tries && !Exists(name))
            {
                // Another creator has it for a moment, or a publisher for as long as it lives.
                Thread.Sleep(PauseMilliseconds);
            }
        }
    }

    private bool Exists(SharedName name)
    {
        try
        {
            using SharedSection? section = _sections.TryOpen(name, writable: false);
            return section is not null;
        }
        catch (WinMmfException)
        {
            // It exists, but this account may not open it.
            return true;
        }
    }
}

using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;

namespace WinMmf.Platform.Windows;

/// <summary>Companions as mapped sections, which cannot shrink on Windows (protocol 8.2).</summary>
internal sealed unsafe class WindowsLockTableStore : ILockTableStore
{
    private readonly WindowsSectionStore _sections;
    private readonly WindowsProcessProbe _processes;

    public WindowsLockTableStore(WindowsSectionStore sections, WindowsProcessProbe processes)
    {
        _sections = sections;
        _processes = processes;
    }

    /// <inheritdoc/>
    public bool ProvesThatAllAreDead(SharedName name) => _sections.IsAbsent(name, SharedName.HoldersSuffix);

    /// <inheritdoc/>
    /// <remarks>Who has the memory open keeps its name.</remarks>
    public LockTable? TryOpen(SharedName name, IOpenMemory? memory, bool writable)
    {
        SharedSection? section;
        try
        {
            section = _sections.TryOpen(name, SharedName.HoldersSuffix, writable);
        }
        catch (WinMmfException e) when (e.ErrorId
            is WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType or WinMmfErrorId.Truncated)
        {
            return null;
        }

        if (section is null)
            return null;
        if (section.Size >= HoldersLayout.Size
            && SectionAnchor.TryReadMapped(section.Address, section.Size, out SectionAnchor anchor)
            && anchor.Is(SectionKind.Holders, name))
        {
            return new WindowsLockTable(section, name, _processes);
        }

        section.Dispose();
        return null;
    }
}

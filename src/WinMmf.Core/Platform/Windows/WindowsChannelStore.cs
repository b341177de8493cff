using System;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Platform.Windows;

/// <summary>Channels as named objects, which end with their last handle (protocol sections 7 and 10).</summary>
internal sealed unsafe class WindowsChannelStore : IChannelStore
{
    private readonly WindowsSectionStore _sections;
    private readonly WindowsOwnershipStore _ownership;
    private readonly WindowsProcessProbe _processes;

    public WindowsChannelStore(WindowsSectionStore sections, WindowsOwnershipStore ownership, WindowsProcessProbe processes)
    {
        _sections = sections;
        _ownership = ownership;
        _processes = processes;
    }

    /// <inheritdoc/>
    public ChannelSite Claim(SharedName name)
    {
        IDisposable ownership = _ownership.Acquire(name, SectionKind.Control);
        bool done = false;
        SharedSection? found = null;
        try
        {
            found = _sections.TryOpen(name, writable: true);
            if (found is not null && !found.IsOwnedByCaller)
            {
                throw new WinMmfException(
                    WinMmfErrorId.ForeignChannel,
                    $"{name} belongs to {found.Owner} and cannot be taken over from another "
                        + $"account.{WindowsAdministratorProtection.Explain()}",
                    name.ToFacts() with { Owner = found.Owner });
            }

            // Made by a process of this account with a lower level, which could write it for as long as it has no label of this one's.
            if (found is not null)
                WindowsLabelWriter.Raise(WindowsObjectName.For(name, ""));
            WindowsChannelSite site = new(name, _sections, _processes, ownership, found);
            done = true;
            return site;
        }
        finally
        {
            if (!done)
            {
                found?.Dispose();
                ownership.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public bool IsOwned(SharedName name) => _ownership.IsOwned(name);

    /// <inheritdoc/>
    public bool IsOwnedBy(SharedName name, ProcessIdentity process) => true;

    /// <inheritdoc/>
    public SharedSection? TryOpenPixels(SharedName name, SharedSection control, uint generation, bool writable = false) =>
        _sections.TryOpen(name, SharedName.Pixels(generation), writable);

    /// <inheritdoc/>
    public ReaderRow? TryGetRow(SharedName name, SharedSection control, uint epoch, string label, out RowRequest? unanswered)
    {
        unanswered = null;
        SharedSection? section;
        try
        {
            section = _sections.TryOpen(name, SharedName.RegistrySuffix, writable: true);
        }
        catch (WinMmfException exception) when (exception.ErrorId
            is WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType or WinMmfErrorId.Truncated)
        {
            return null;
        }

        if (section is null)
            return null;
        bool isRegistry = section.Size >= RegistryLayout.Size
            && SectionAnchor.TryReadMapped(section.Address, section.Size, out SectionAnchor anchor)
            && anchor.Is(SectionKind.Registry, name);
        WindowsRowClaims claims = new(section, _processes);
        int row = isRegistry ? claims.TryClaim(label) : 0;
        if (row != 0)
            return new WindowsReaderRow(row, epoch, section, claims);
        section.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public ISleeper OpenSleeper(SharedName name, ReaderRow? row, uint* newest) => new WindowsSleeper(name, row?.Number ?? 0, newest);
}

using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Registries as mapped sections, which cannot shrink on Windows (protocol section 4).</summary>
internal sealed unsafe class WindowsReaderRegistryStore : IReaderRegistryStore
{
    private const int MajorShift = 16;
    private const int Attempts = 50;
    private readonly WindowsSectionStore _sections;
    private readonly WindowsProcessProbe _processes;

    public WindowsReaderRegistryStore(WindowsSectionStore sections, WindowsProcessProbe processes)
    {
        _sections = sections;
        _processes = processes;
    }

    /// <inheritdoc/>
    public ReaderRegistry CreateOrOpen(SharedName name, AccessPolicy policy)
    {
        // The last reader may let an existing registry go between the two attempts, hence the loop.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Wrap(_sections.Create(name, SharedName.RegistrySuffix, RegistryLayout.Size, ObjectKind.Registry, policy, WriteHeader));
            }
            catch (WinMmfException exception) when (exception.ErrorId == WinMmfErrorId.AlreadyExists && attempt < Attempts)
            {
            }

            SharedSection? section = _sections.TryOpen(name, SharedName.RegistrySuffix, writable: true);
            if (section is not null)
                return Adopt(name, section);
            Thread.Yield();
        }
    }

    /// <inheritdoc/>
    public ReaderRegistry? TryOpen(SharedName name)
    {
        SharedSection? section;
        try
        {
            section = _sections.TryOpen(name, SharedName.RegistrySuffix, writable: true);
        }
        catch (WinMmfException exception) when (exception.ErrorId is WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType or WinMmfErrorId.Truncated)
        {
            return null;
        }

        if (section is null)
            return null;
        if (section.Size >= RegistryLayout.Size && HasHeader(section))
            return Wrap(section);

        section.Dispose();
        return null;
    }

    private static void WriteHeader(SharedSection section)
    {
        *(uint*)(section.Address + RegistryLayout.VersionOffset) = ProtocolVersion.Word;
        *(uint*)(section.Address + RegistryLayout.RowsOffset) = RegistryLayout.Rows;
        Volatile.Write(ref *(uint*)(section.Address + RegistryLayout.MagicOffset), RegistryLayout.Magic);
    }

    private static bool HasHeader(SharedSection section) =>
        Volatile.Read(ref *(uint*)(section.Address + RegistryLayout.MagicOffset)) == RegistryLayout.Magic
        && Volatile.Read(ref *(uint*)(section.Address + RegistryLayout.VersionOffset)) >> MajorShift == ProtocolVersion.Major
        && Volatile.Read(ref *(uint*)(section.Address + RegistryLayout.RowsOffset)) == RegistryLayout.Rows;

    private ReaderRegistry Adopt(SharedName name, SharedSection section)
    {
        try
        {
            WindowsForeignObject.ThrowUnlessOurs(WindowsObjectName.For(name, SharedName.RegistrySuffix), section.Owner);
            if (section.Size < RegistryLayout.Size)
                throw new WinMmfException(WinMmfErrorId.Truncated, $"The registry of '{name}' has {section.Size} bytes and needs {RegistryLayout.Size}. End the programs that hold it, or choose another name.");

            // Any reader may have spoilt the header, and a creator may have been killed before it wrote one.
            WriteHeader(section);
            return Wrap(section);
        }
        catch
        {
            section.Dispose();
            throw;
        }
    }

    private WindowsReaderRegistry Wrap(SharedSection section) => new(section, _processes);
}

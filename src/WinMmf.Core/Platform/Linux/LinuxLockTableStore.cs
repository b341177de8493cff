using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>Companions as files that nobody maps for locking: who may write them may also cut them short (protocol section 8.2).</summary>
internal sealed unsafe class LinuxLockTableStore : ILockTableStore
{
    private const string Suffix = SharedName.HoldersSuffix;
    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;
    private readonly IProcessProbe _processes;

    public LinuxLockTableStore(LinuxDirectory files, LinuxLifetime lifetime, IProcessProbe processes)
    {
        _files = files;
        _lifetime = lifetime;
        _processes = processes;
    }

    public LockTable? TryOpen(SharedName name, bool writable)
    {
        LinuxWait wait = new(LinuxWait.Long);
        do
        {
            if (LinuxFile.TryOpen(_files.PathOf(name, Suffix), writable, out LinuxFile? file) != 0 || file is null)
                return null;
            LinuxFileState state = LinuxFileState.Leftover;
            try
            {
                state = _lifetime.TryJoin(file, name, Suffix, out _);
            }
            catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType)
            {
                // Somebody else's file in our place is no companion.
            }

            if (state == LinuxFileState.Held)
            {
                LinuxLockTable table = new(_lifetime, file, name, _processes);
                if (IsCompanion(table))
                    return table;
                table.Dispose();
                return null;
            }

            file.Dispose();
            if (state == LinuxFileState.Leftover)
                return null;
        }
        while (wait.TryAgain());

        return null;
    }

    private static bool IsCompanion(LinuxLockTable table)
    {
        byte* copy = stackalloc byte[HoldersLayout.Size];
        table.Snapshot(copy);
        return *(uint*)(copy + HoldersLayout.MagicOffset) == HoldersLayout.Magic;
    }
}

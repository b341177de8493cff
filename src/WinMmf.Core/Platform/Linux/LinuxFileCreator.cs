using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Makes files that others see only when they are complete (design N4, N5).</summary>
internal sealed class LinuxFileCreator
{
    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;

    public LinuxFileCreator(LinuxDirectory files, LinuxLifetime lifetime)
    {
        _files = files;
        _lifetime = lifetime;
    }

    /// <summary>Makes a file of zeros that has no name yet: its access set, its memory reserved, held.</summary>
    public LinuxFile CreateUnnamed(SharedName name, string suffix, long size, ObjectKind kind, AccessPolicy policy)
    {
        LinuxFileMode mode = LinuxFileMode.From(policy, kind, name.Scope);
        if (LinuxMemory.TryFindFree(_files.Path, out ulong free, out _) && (ulong)size > free)
            throw LinuxError.Reserve(name, suffix, _files, size, Errno.ENOSPC);
        int error = LinuxFile.TryCreateUnnamed(_files.Path, _files.PathOf(name, suffix), out LinuxFile? file);
        if (file is null)
            throw LinuxError.Create(name, suffix, _files, error);
        try
        {
            mode.Apply(file);
            error = Libc.Reserve(file.Descriptor, size);
            if (error != 0)
                throw LinuxError.Reserve(name, suffix, _files, size, error);
            file.TryHold();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file its name, in place of a leftover if need be.</summary>
    /// <exception cref="WinMmfException">AlreadyExists, AccessDenied, WrongObjectType, NotReady, SystemError.</exception>
    public void GiveName(LinuxFile file, SharedName name, string suffix)
    {
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            int error = Libc.Link(file.Descriptor, file.Path);
            if (error == 0)
                return;
            if (error != Errno.EEXIST)
                throw LinuxError.Create(name, suffix, _files, error);
            _lifetime.MakeRoom(name, suffix);
            if (!wait.TryAgain())
                throw LinuxError.Exists(name, suffix, file.Path);
        }
    }
}

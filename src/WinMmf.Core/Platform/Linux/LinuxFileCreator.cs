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
    /// <param name="name">The channel or memory.</param>
    /// <param name="part">Empty for the file with the plain name, else its name in the folder, or a suffix; for messages.</param>
    /// <param name="folder">The folder in which it will lie; null: beside the others.</param>
    /// <param name="path">The path that it will have.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="kind">What readers may do with it.</param>
    /// <param name="policy">Who the readers are.</param>
    public LinuxFile CreateUnnamed(
        SharedName name, string part, LinuxFolder? folder, string path, long size, ObjectKind kind, AccessPolicy policy)
    {
        LinuxFileMode mode = LinuxFileMode.From(policy, kind, name.Scope);
        if (LinuxMemory.TryFindFree(_files.Path, out ulong free, out _) && (ulong)size > free)
            throw LinuxError.Reserve(name, part, _files, size, Errno.ENOSPC);
        int error = folder is null
            ? LinuxFile.TryCreateUnnamed(_files.Path, path, out LinuxFile? file)
            : LinuxFile.TryCreateUnnamed(folder, System.IO.Path.GetFileName(path), out file);
        if (file is null)
            throw LinuxError.Create(name, part, _files, error);
        try
        {
            mode.Apply(file);
            error = size == 0 ? 0 : Libc.Reserve(file.Descriptor, size);
            if (error != 0)
                throw LinuxError.Reserve(name, part, _files, size, error);
            file.TryHold();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Links the file to its name, in place of a leftover if there is one.</summary>
    /// <exception cref="WinMmfException">AlreadyExists, ForeignOwner, WrongObjectType, NotReady, SystemError.</exception>
    public void GiveName(LinuxFile file, SharedName name)
    {
        LinuxWait wait = new(LinuxWait.Long);
        while (true)
        {
            int error = Libc.Link(file.Descriptor, file.Path);
            if (error == 0)
                return;
            if (error != Errno.EEXIST)
                throw LinuxError.Create(name, "", _files, error);
            _lifetime.MakeRoom(name);
            if (!wait.TryAgain())
                throw LinuxError.Exists(name, "", file.Path);
        }
    }
}

using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Registries as files that nobody maps: who may write them may also cut them short (protocol section 4).</summary>
internal sealed unsafe class LinuxReaderRegistryStore : IReaderRegistryStore
{
    private const string Suffix = SharedName.RegistrySuffix;
    private const int HeaderBytes = 12;

    private readonly LinuxDirectory _files;
    private readonly LinuxLifetime _lifetime;
    private readonly LinuxFileCreator _creator;

    public LinuxReaderRegistryStore(LinuxDirectory files, LinuxLifetime lifetime, LinuxFileCreator creator)
    {
        _files = files;
        _lifetime = lifetime;
        _creator = creator;
    }

    public ReaderRegistry CreateOrOpen(SharedName name, AccessPolicy policy)
    {
        string path = _files.PathOf(name, Suffix);
        LinuxWait wait = new(LinuxWait.Long);
        do
        {
            LinuxFile? file = TryOpenExisting(name, path, out int error);
            if (file is not null)
                return Use(file, name, path);
            if (error is not (0 or Errno.ENOENT))
                throw LinuxError.Open(name, Suffix, path, writable: true, error);
            file = TryCreate(name, policy);
            if (file is not null)
                return new LinuxReaderRegistry(_lifetime, file, name);
        }
        while (wait.TryAgain());

        throw LinuxError.Stuck(name, Suffix, path);
    }

    public ReaderRegistry? TryOpen(SharedName name)
    {
        LinuxFile? file;
        try
        {
            file = TryOpenExisting(name, _files.PathOf(name, Suffix), out _);
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.WrongObjectType)
        {
            return null;
        }

        if (file is null)
            return null;
        if (file.GetStatus().Size >= RegistryLayout.Size)
            return new LinuxReaderRegistry(_lifetime, file, name);
        _lifetime.LetGo(file, name, Suffix);
        return null;
    }

    private static int WriteHeader(LinuxFile file)
    {
        uint* header = stackalloc uint[HeaderBytes / sizeof(uint)];
        header[RegistryLayout.MagicOffset / sizeof(uint)] = RegistryLayout.Magic;
        header[RegistryLayout.VersionOffset / sizeof(uint)] = ProtocolVersion.Word;
        header[RegistryLayout.RowsOffset / sizeof(uint)] = RegistryLayout.Rows;
        int written = Libc.Pwrite(file.Descriptor, (byte*)header, HeaderBytes, 0);
        return written < 0 ? -written : 0;
    }

    /// <summary>
    /// Null with 0 or ENOENT if there is none. The hold is a courtesy here: a reader that locks byte 0 out of malice
    /// or was stopped must not stop the publisher (C1), who then goes on without it.
    /// </summary>
    private LinuxFile? TryOpenExisting(SharedName name, string path, out int error)
    {
        LinuxWait wait = new(LinuxWait.Short);
        while (true)
        {
            error = LinuxFile.TryOpen(path, writable: true, out LinuxFile? file);
            if (file is null)
                return null;
            bool keep = false;
            try
            {
                LinuxFileState state = _lifetime.TryJoin(file, name, Suffix, out FileStatus status);
                if (state == LinuxFileState.Leftover)
                    return null;
                keep = state == LinuxFileState.Held || (!wait.TryAgain() && status.Links != 0);
                if (keep)
                    return file;
            }
            finally
            {
                if (!keep)
                    file.Dispose();
            }
        }
    }

    private LinuxReaderRegistry Use(LinuxFile file, SharedName name, string path)
    {
        try
        {
            FileStatus status = file.GetStatus();
            if (status.UserId != Libc.GetEffectiveUserId())
                throw LinuxError.Squatted(name, Suffix, path, in status);

            // Whatever readers have done to it: size and header are right again.
            int error = Libc.Reserve(file.Descriptor, RegistryLayout.Size);
            if (error == 0)
                error = WriteHeader(file);
            if (error != 0)
                throw LinuxError.Reserve(name, Suffix, _files, RegistryLayout.Size, error);
            return new LinuxReaderRegistry(_lifetime, file, name);
        }
        catch
        {
            _lifetime.LetGo(file, name, Suffix);
            throw;
        }
    }

    private LinuxFile? TryCreate(SharedName name, AccessPolicy policy)
    {
        try
        {
            _lifetime.MakeRoom(name, Suffix);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
        {
            return null;
        }

        LinuxFile file = _creator.CreateUnnamed(name, Suffix, RegistryLayout.Size, ObjectKind.Registry, policy);
        bool named = false;
        try
        {
            int error = WriteHeader(file);
            if (error != 0)
                throw LinuxError.System($"Writing {name}{Suffix}", error);
            error = Libc.Link(file.Descriptor, file.Path);
            named = error == 0;
            return named ? file
                : error == Errno.EEXIST ? null
                : throw LinuxError.Create(name, Suffix, _files, error);
        }
        finally
        {
            if (!named)
                file.Dispose();
        }
    }
}

using WinMmf.Errors;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// A socket, which cannot be opened, but whose mode and group can be changed by its path: its folder is its owner's alone.
/// </summary>
internal sealed class LinuxSocketAccessWriter : IAccessWriter
{
    private readonly string _path;
    private readonly uint _group;

    public LinuxSocketAccessWriter(string path, uint group)
    {
        _path = path;
        _group = group;
    }

    public void Write(string descriptor)
    {
        (int permissions, uint group) = LinuxAccessObject.Parse(descriptor);
        int error = Libc.GetStatus(_path, follow: false, out FileStatus status);
        if (error == 0 && !status.IsSocket)
            throw new WinMmfException(
                WinMmfErrorId.WrongObjectType, $"{_path} is no socket any more: another process has replaced it. Find out which.");
        if (error == 0 && group != _group)
            error = Libc.ChangeGroup(_path, group);
        if (error == 0)
            error = Libc.ChangeMode(_path, permissions);
        if (error != 0)
            throw LinuxError.System($"Giving {_path} its access rights", error);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

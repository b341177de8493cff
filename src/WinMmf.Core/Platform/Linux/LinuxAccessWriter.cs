using WinMmf.Errors;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>An open file whose mode and group can be changed.</summary>
internal sealed class LinuxAccessWriter : IAccessWriter
{
    private readonly LinuxFile _file;

    public LinuxAccessWriter(LinuxFile file) => _file = file;

    public void Write(string descriptor)
    {
        (int permissions, uint group) = LinuxAccessObject.Parse(descriptor);
        FileStatus status = _file.GetStatus();
        if (!status.IsRegularFile)
            throw new WinMmfException(WinMmfErrorId.WrongObjectType,
                $"{_file.Path} is no regular file any more: another program replaced it.", new ErrorFacts { Path = _file.Path });
        new LinuxFileMode(permissions, group == status.GroupId ? null : group).Apply(_file);
    }

    public void Dispose() => _file.Dispose();
}

using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>What is used of <c>struct statx</c>, which looks the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const ushort TypeMask = 0xF000;
    private const ushort RegularFile = 0x8000;
    private const ushort Directory = 0x4000;
    private const ushort Link = 0xA000;
    private const ushort Pipe = 0x1000;
    private const ushort Socket = 0xC000;

    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(20)]
    public uint UserId;

    [FieldOffset(24)]
    public uint GroupId;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public long Size;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    public readonly bool IsRegularFile => (Mode & TypeMask) == RegularFile;

    public readonly bool IsSocket => (Mode & TypeMask) == Socket;

    public readonly bool IsLink => (Mode & TypeMask) == Link;

    public readonly bool IsDirectory => (Mode & TypeMask) == Directory;

    /// <summary>What kind of file has a section's name, for display.</summary>
    public readonly string DescribeType() => (Mode & TypeMask) switch
    {
        RegularFile => "an empty file",
        Directory => "a directory",
        Link => "a symbolic link",
        Pipe => "a pipe",
        Socket => "a socket",
        _ => "a device",
    };

    /// <summary>What the system says when something of this type is opened as a section.</summary>
    public readonly int WrongTypeError => (Mode & TypeMask) switch
    {
        RegularFile => Errno.EINVAL,
        Directory => Errno.EISDIR,
        Link => Errno.ELOOP,
        _ => Errno.ENXIO,
    };

    public readonly int Permissions => Mode & 0xFFF;

    public readonly bool IsSameFile(in FileStatus other) =>
        Inode == other.Inode && DeviceMajor == other.DeviceMajor && DeviceMinor == other.DeviceMinor;
}

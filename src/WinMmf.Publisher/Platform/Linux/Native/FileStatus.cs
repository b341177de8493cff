using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

/// <summary><c>struct statx</c>, as far as it is used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    [FieldOffset(20)]
    public uint User;

    [FieldOffset(28)]
    public ushort Mode;
}

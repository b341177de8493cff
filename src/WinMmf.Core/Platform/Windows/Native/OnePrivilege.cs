using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>TOKEN_PRIVILEGES with one entry. The number is aligned to 4 bytes, not to 8.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct OnePrivilege
{
    public const uint Enabled = 2;

    public uint Count;
    public long Luid;
    public uint Attributes;
}

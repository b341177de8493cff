using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>A mapping of a file.</summary>
internal sealed class MapHandle : SafeHandle
{
    private UIntPtr _length;

    public MapHandle()
        : base(new IntPtr(-1), ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == new IntPtr(-1);

    /// <summary>The address of the mapping; valid until the handle is disposed.</summary>
    public unsafe byte* Address => (byte*)handle;

    /// <summary>Remembers how much to unmap; to be called once, right after mapping.</summary>
    public void SetLength(UIntPtr length) => _length = length;

    protected override bool ReleaseHandle() => Libc.Munmap(handle, _length) == 0;
}

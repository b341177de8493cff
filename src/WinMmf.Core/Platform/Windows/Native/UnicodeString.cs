using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>UNICODE_STRING; lengths are in bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UnicodeString
{
    public ushort Length;
    public ushort MaximumLength;
    public IntPtr Buffer;

    /// <summary>The text, copied.</summary>
    public override readonly string ToString() =>
        Buffer == IntPtr.Zero ? string.Empty : Marshal.PtrToStringUni(Buffer, Length / sizeof(char)) ?? string.Empty;
}

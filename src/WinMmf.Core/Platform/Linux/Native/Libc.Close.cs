using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>Closes a descriptor; 0 or -1.</summary>
    [DllImport(Library, EntryPoint = "close")]
    public static extern int Close(int descriptor);
}

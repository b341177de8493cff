using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>The user in whose name this process acts.</summary>
    [DllImport(Library, EntryPoint = "geteuid")]
    public static extern uint GetEffectiveUserId();
}

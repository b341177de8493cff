using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>netapi32.dll.</summary>
internal static partial class Netapi32
{
    /// <summary>The local groups of an account; gives a NET_API_STATUS.</summary>
    [DllImport("netapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NetUserGetLocalGroups(
        string? server, string user, uint level, uint flags, out SafeNetMemory groups, uint preferredLength, out uint read, out uint total);

    /// <summary>Frees what a function of this library allocated.</summary>
    [DllImport("netapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NetApiBufferFree(IntPtr buffer);
}

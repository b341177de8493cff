using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>The registry.</summary>
internal static partial class Advapi32
{
    /// <summary>Opens a key of the registry.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int RegOpenKeyExW(IntPtr parent, string subKey, uint options, uint access, out SafeRegistryKey key);

    /// <summary>Names a key's subkeys, one after another.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int RegEnumKeyExW(SafeRegistryKey key, uint index, [Out] char[] name, ref uint length, IntPtr reserved,
        IntPtr className, IntPtr classLength, IntPtr lastWrite);

    /// <summary>Reads a value of a key.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int RegQueryValueExW(
        SafeRegistryKey key, string name, IntPtr reserved, out uint type, [Out] byte[] data, ref uint length);

    /// <summary>Closes a key.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int RegCloseKey(IntPtr key);
}

using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Windows.Native;

internal static partial class Kernel32
{
    public const uint HandleFlagInherit = 1;

    /// <summary>Sets flags of a handle, such as whether children inherit it.</summary>
    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetHandleInformation(nint handle, uint mask, uint flags);
}

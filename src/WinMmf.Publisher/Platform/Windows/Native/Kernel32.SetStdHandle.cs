using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Windows.Native;

internal static partial class Kernel32
{
    /// <summary>Sets what <see cref="GetStdHandle"/> gives from now on.</summary>
    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetStdHandle(int standard, nint handle);
}

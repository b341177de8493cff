using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Opens a directory of the object namespace.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtOpenDirectoryObject(out SafeKernelHandle directory, uint access, in ObjectAttributes attributes);
}

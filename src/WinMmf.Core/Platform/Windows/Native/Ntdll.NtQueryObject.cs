using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Ntdll
{
    /// <summary>Basic facts about an object: how many handles to it there are. Never blocks, unlike asking for a name.</summary>
    [DllImport("ntdll.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int NtQueryObject(SafeKernelHandle handle, int informationClass, out ObjectBasicInformation information, uint length, out uint returnLength);
}

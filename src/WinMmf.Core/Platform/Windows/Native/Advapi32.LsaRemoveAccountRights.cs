using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>Takes rights from a SID; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaRemoveAccountRights(SafeLsaHandle policy, SafeLocalMemory sid, [MarshalAs(UnmanagedType.U1)] bool all, [In] UnicodeString[] rights, uint count);
}

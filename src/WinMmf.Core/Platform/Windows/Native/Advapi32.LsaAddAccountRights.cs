using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>Assigns rights to a SID; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaAddAccountRights(SafeLsaHandle policy, SafeLocalMemory sid, [In] UnicodeString[] rights, uint count);
}

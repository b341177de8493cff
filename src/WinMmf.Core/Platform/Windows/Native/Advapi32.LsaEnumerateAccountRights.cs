using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

internal static partial class Advapi32
{
    /// <summary>The rights of one SID, not those of its groups; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaEnumerateAccountRights(SafeLsaHandle policy, SafeLocalMemory sid, out SafeLsaMemory rights, out uint count);
}

using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>The machine's list of rights, kept by the Local Security Authority.</summary>
internal static partial class Advapi32
{
    /// <summary>Opens the machine's list of rights; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaOpenPolicy(IntPtr system, in ObjectAttributes attributes, uint access, out SafeLsaHandle policy);

    /// <summary>Closes it; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaClose(IntPtr policy);

    /// <summary>The rights of one SID, not those of its groups; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaEnumerateAccountRights(SafeLsaHandle policy, SafeLocalMemory sid, out SafeLsaMemory rights, out uint count);

    /// <summary>Assigns rights to a SID; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaAddAccountRights(SafeLsaHandle policy, SafeLocalMemory sid, [In] UnicodeString[] rights, uint count);

    /// <summary>Takes rights from a SID; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaRemoveAccountRights(
        SafeLsaHandle policy, SafeLocalMemory sid, [MarshalAs(UnmanagedType.U1)] bool all, [In] UnicodeString[] rights, uint count);

    /// <summary>Gives memory back; gives an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaFreeMemory(IntPtr memory);

    /// <summary>The Win32 error of an NTSTATUS.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int LsaNtStatusToWinError(int status);
}

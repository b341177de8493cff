using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Accounts, their tokens and privileges.</summary>
internal static partial class Advapi32
{
    /// <summary>The SID of an account's name.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool LookupAccountNameW(
        string? system,
        string account,
        IntPtr sid,
        ref uint sidLength,
        [Out] char[]? domain,
        ref uint domainLength,
        out int use);

    /// <summary>The name of a SID's account.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool LookupAccountSidW(
        string? system,
        SafeLocalMemory sid,
        [Out] char[]? account,
        ref uint accountLength,
        [Out] char[]? domain,
        ref uint domainLength,
        out int use);

    /// <summary>The text of a SID.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ConvertSidToStringSidW(IntPtr sid, out SafeLocalMemory text);

    /// <summary>A SID from its text.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ConvertStringSidToSidW(string text, out SafeLocalMemory sid);

    /// <summary>The token of a process.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool OpenProcessToken(SafeKernelHandle process, uint access, out SafeKernelHandle token);

    /// <summary>The token that a thread has borrowed.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool OpenThreadToken(
        IntPtr thread, uint access, [MarshalAs(UnmanagedType.Bool)] bool asSelf, out SafeKernelHandle token);

    /// <summary>What a token says.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool GetTokenInformation(
        SafeKernelHandle token, int informationClass, IntPtr information, uint length, out uint needed);

    /// <summary>The number that a privilege has since the last start of Windows.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool LookupPrivilegeValueW(string? system, string name, out long luid);

    /// <summary>
    /// Enables a privilege that a token holds. Succeeds also if it does not: then the last error is ERROR_NOT_ALL_ASSIGNED.
    /// </summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool AdjustTokenPrivileges(
        SafeKernelHandle token,
        [MarshalAs(UnmanagedType.Bool)] bool disableAll,
        in OnePrivilege state,
        uint length,
        IntPtr previous,
        IntPtr needed);
}

/// <summary>TOKEN_PRIVILEGES with one entry. The number is aligned to 4 bytes, not to 8.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct OnePrivilege
{
    public const uint Enabled = 2;

    public uint Count;
    public long Luid;
    public uint Attributes;
}

using System;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Privileges of the token that this thread acts with.</summary>
internal static class WindowsPrivilege
{
    /// <summary>What a service has by default, and an elevated administrator: without it no name in Global\ can be created.</summary>
    public const string CreateGlobal = "SeCreateGlobalPrivilege";

    /// <summary>No account has it by default. Large pages need it.</summary>
    public const string LockMemory = "SeLockMemoryPrivilege";

    /// <summary>Every user has it, and no token has it enabled: to raise the process's working set above the default.</summary>
    public const string IncreaseWorkingSet = "SeIncreaseWorkingSetPrivilege";

    /// <summary>What administrators have, switched off: to read and to write audit entries.</summary>
    public const string Security = "SeSecurityPrivilege";

    private const int TokenPrivileges = 3;
    private const uint Enabled = 2;

    /// <summary>True if enabled, false if held but not enabled, null if not held.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static bool? StateOf(string privilege)
    {
        long wanted = Find(privilege);

        // TOKEN_PRIVILEGES: a count, then entries of a LUID (8 bytes, aligned to 4) and attributes.
        byte[] information = WindowsAccount.ReadToken(TokenPrivileges);
        int count = BitConverter.ToInt32(information, 0);
        for (int i = 0; i < count; i++)
        {
            int entry = 4 + (i * 12);
            if (BitConverter.ToInt64(information, entry) == wanted)
                return (BitConverter.ToUInt32(information, entry + 8) & Enabled) != 0;
        }

        return null;
    }

    /// <summary>
    /// Enables a privilege for the whole process, if the system knows it and the token holds it. True if it is enabled then.
    /// </summary>
    public static bool TryEnable(string privilege)
    {
        if (!Advapi32.LookupPrivilegeValueW(null, privilege, out long luid))
            return false;
        return Adjust(luid, OnePrivilege.Enabled);
    }

    /// <summary>Does something with a privilege enabled, and disables it again if it was. Null where it is not held.</summary>
    public static T? With<T>(string privilege, Func<T?> act)
        where T : class
    {
        bool? before = StateOf(privilege);
        if (before is null || !TryEnable(privilege))
            return null;
        try
        {
            return act();
        }
        finally
        {
            if (before == false)
                Adjust(Find(privilege), 0);
        }
    }

    private static bool Adjust(long luid, uint attributes)
    {
        OnePrivilege wanted = new() { Count = 1, Luid = luid, Attributes = attributes };
        using SafeKernelHandle process = SafeKernelHandle.CurrentProcess();
        bool opened = Advapi32.OpenProcessToken(
            process, AccessRights.TOKEN_QUERY | AccessRights.TOKEN_ADJUST_PRIVILEGES, out SafeKernelHandle token);
        using (token)
        {
            return opened
                && Advapi32.AdjustTokenPrivileges(token, disableAll: false, in wanted, 0, IntPtr.Zero, IntPtr.Zero)
                && Marshal.GetLastWin32Error() != Win32Error.ERROR_NOT_ALL_ASSIGNED;
        }
    }

    private static long Find(string privilege) => Advapi32.LookupPrivilegeValueW(null, privilege, out long luid)
        ? luid
        : throw WindowsError.Unexpected($"Looking up the privilege {privilege}", Marshal.GetLastWin32Error());
}

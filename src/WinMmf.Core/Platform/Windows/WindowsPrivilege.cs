using System;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Privileges of the token that this thread acts with.</summary>
internal static class WindowsPrivilege
{
    /// <summary>What a service has by default, and an elevated administrator: without it no name in Global\ can be created.</summary>
    public const string CreateGlobal = "SeCreateGlobalPrivilege";

    private const int TokenPrivileges = 3;
    private const uint Enabled = 2;

    /// <summary>True if enabled, false if held but not enabled, null if not held.</summary>
    /// <exception cref="Diagnostics.WinMmfException">SystemError.</exception>
    public static bool? StateOf(string privilege)
    {
        if (!Advapi32.LookupPrivilegeValueW(null, privilege, out long wanted))
            throw WindowsError.Unexpected($"Looking up the privilege {privilege}", Marshal.GetLastWin32Error());

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
}

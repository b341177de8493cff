using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Account rights by the Local Security Authority's own functions.</summary>
internal sealed class WindowsAccountRights : IAccountRights
{
    private const uint CreateAccount = 0x0010;
    private const uint LookUpNames = 0x0800;
    private const int StatusObjectNameNotFound = unchecked((int)0xC000_0034);
    private const int StatusAccessDenied = unchecked((int)0xC000_0022);

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string sid)
    {
        int status = Open(LookUpNames, out SafeLsaHandle policy);
        using (policy)
        using (SafeLocalMemory account = ToBinary(sid))
        {
            if (status == StatusAccessDenied)
                return null;
            Check(status, "Opening the list of account rights");
            status = Advapi32.LsaEnumerateAccountRights(policy, account, out SafeLsaMemory rights, out uint count);
            using (rights)
            {
                // Nothing at all is assigned to it.
                if (status == StatusObjectNameNotFound)
                    return Array.Empty<string>();
                if (status == StatusAccessDenied)
                    return null;
                Check(status, "Reading the rights of an account");
                return Read(rights.Address, (int)count);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(string sid, string right) => Change(sid, right, add: true);

    /// <inheritdoc/>
    public void Remove(string sid, string right) => Change(sid, right, add: false);

    private static void Change(string sid, string right, bool add)
    {
        int status = Open(LookUpNames | CreateAccount, out SafeLsaHandle policy);
        IntPtr text = Marshal.StringToHGlobalUni(right);
        using (policy)
        using (SafeLocalMemory account = ToBinary(sid))
        {
            try
            {
                ushort bytes = checked((ushort)(right.Length * sizeof(char)));
                UnicodeString[] rights = [new UnicodeString { Length = bytes, MaximumLength = bytes, Buffer = text }];
                if (status >= 0)
                {
                    status = add
                        ? Advapi32.LsaAddAccountRights(policy, account, rights, 1)
                        : Advapi32.LsaRemoveAccountRights(policy, account, all: false, rights, 1);
                }
            }
            finally
            {
                Marshal.FreeHGlobal(text);
            }

            if (status == StatusAccessDenied)
            {
                throw new WinMmfException(
                    WinMmfErrorId.ElevationRequired,
                    $"The account {WindowsError.CurrentName()} may not change who has {right}.",
                    new ErrorFacts { Account = WindowsError.CurrentName(), Right = right },
                    Win32Error.ERROR_ACCESS_DENIED);
            }

            Check(status, $"Changing who has {right}");
        }
    }

    private static int Open(uint access, out SafeLsaHandle policy)
    {
        ObjectAttributes attributes = new() { Length = (uint)Marshal.SizeOf<ObjectAttributes>() };
        return Advapi32.LsaOpenPolicy(IntPtr.Zero, in attributes, access, out policy);
    }

    private static SafeLocalMemory ToBinary(string sid) => Advapi32.ConvertStringSidToSidW(sid, out SafeLocalMemory binary)
        ? binary
        : throw WindowsError.Unexpected($"Reading the security identifier {sid}", Marshal.GetLastWin32Error());

    private static string[] Read(IntPtr first, int count)
    {
        string[] rights = new string[count];
        for (int i = 0; i < count; i++)
            rights[i] = Marshal.PtrToStructure<UnicodeString>(IntPtr.Add(first, i * Marshal.SizeOf<UnicodeString>())).ToString();
        return rights;
    }

    private static void Check(int status, string action)
    {
        if (status < 0)
            throw WindowsError.Unexpected(action, Advapi32.LsaNtStatusToWinError(status));
    }
}

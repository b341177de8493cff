using System;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Accounts: whose token this thread acts with, and the way from names to SIDs and back.</summary>
internal static class WindowsAccount
{
    /// <summary>The operating system itself.</summary>
    public const string SystemSid = "S-1-5-18";

    /// <summary>The group Administrators.</summary>
    public const string AdministratorsSid = "S-1-5-32-544";

    /// <summary>The group Users.</summary>
    public const string UsersSid = "S-1-5-32-545";

    private const int TokenUser = 1;
    private const int TokenOwner = 4;
    private const int TokenElevation = 20;
    private const int TokenIntegrityLevel = 25;
    private const int SidTypeDomain = 3;
    private const int SidTypeDeletedAccount = 6;
    private const int SidTypeInvalid = 7;
    private const int SidTypeUnknown = 8;
    private const int SidTypeComputer = 9;

    /// <summary>The SID of the account whose rights count now; a borrowed token goes before the process's own.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static string CurrentUserSid() => ReadTokenSid(TokenUser);

    /// <summary>The SID that owns what the current account creates; an elevated administrator's is Administrators.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static string CurrentDefaultOwnerSid() => ReadTokenSid(TokenOwner);

    /// <summary>True if a SID is the current account or what it creates objects as.</summary>
    public static bool IsCurrent(string sid) =>
        sid.Length > 0 && (sid == CurrentUserSid() || sid == CurrentDefaultOwnerSid());

    /// <summary>The account <c>DOMAIN\user</c> of a SID; the SID itself where no name is known.</summary>
    public static string NameOf(string sid)
    {
        if (!Advapi32.ConvertStringSidToSidW(sid, out SafeLocalMemory binary))
            return sid;

        using (binary)
        {
            uint accountLength = 0;
            uint domainLength = 0;
            Advapi32.LookupAccountSidW(null, binary, null, ref accountLength, null, ref domainLength, out _);
            if (accountLength == 0)
                return sid;

            char[] account = new char[accountLength];
            char[] domain = new char[Math.Max(1, domainLength)];
            if (!Advapi32.LookupAccountSidW(null, binary, account, ref accountLength, domain, ref domainLength, out _))
                return sid;

            string user = new(account, 0, (int)accountLength);
            return domainLength == 0 ? user : new string(domain, 0, (int)domainLength) + "\\" + user;
        }
    }

    /// <summary>What a SID stands for: 1 a user, 2 and 4 groups, 5 a well-known group; 0 where that is not known.</summary>
    public static int UseOf(string sid)
    {
        if (!Advapi32.ConvertStringSidToSidW(sid, out SafeLocalMemory binary))
            return 0;
        using (binary)
        {
            uint accountLength = 256;
            uint domainLength = 256;
            return Advapi32.LookupAccountSidW(
                null, binary, new char[accountLength], ref accountLength, new char[domainLength], ref domainLength, out int use) ? use : 0;
        }
    }

    /// <summary>The account that a process runs as; null where that may not be asked.</summary>
    public static string? TryNameOwnerOf(SafeKernelHandle process)
    {
        bool opened = Advapi32.OpenProcessToken(process, AccessRights.TOKEN_QUERY, out SafeKernelHandle token);
        using (token)
            return opened ? NameOf(ReadTokenSid(token, TokenUser)) : null;
    }

    /// <summary>True if a process runs as an account, or makes its objects as that; false where that may not be asked.</summary>
    public static bool RunsAs(SafeKernelHandle process, string sid)
    {
        bool opened = Advapi32.OpenProcessToken(process, AccessRights.TOKEN_QUERY, out SafeKernelHandle token);
        using (token)
            return opened && sid.Length > 0 && (ReadTokenSid(token, TokenUser) == sid || ReadTokenSid(token, TokenOwner) == sid);
    }

    /// <summary>The SID that a word, a SID's text or an account's name means.</summary>
    /// <exception cref="WinMmfException">UnknownAccount.</exception>
    public static string ResolveSid(string account)
    {
        switch (account.ToUpperInvariant())
        {
            case "EVERYONE":
                return "S-1-1-0";
            case "USERS":
                return UsersSid;
            case "INTERACTIVE":
                return "S-1-5-4";
            case "ADMINISTRATORS":
                return AdministratorsSid;
            case "SYSTEM":
                return SystemSid;
        }

        // A SID goes through its binary form: the text ends up in SDDL, where more than a SID could be smuggled in.
        return account.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase) ? CanonicalSid(account) : LookUpSid(account);
    }

    /// <summary>The text of a binary SID.</summary>
    public static string ToText(IntPtr sid)
    {
        if (!Advapi32.ConvertSidToStringSidW(sid, out SafeLocalMemory text))
            throw WindowsError.Unexpected("Reading a security identifier", Marshal.GetLastWin32Error());

        using (text)
            return Marshal.PtrToStringUni(text.Address) ?? string.Empty;
    }

    private static string CanonicalSid(string text)
    {
        if (!Advapi32.ConvertStringSidToSidW(text, out SafeLocalMemory sid))
            throw Unknown($"'{text}' is no valid SID.", text, Marshal.GetLastWin32Error());

        using (sid)
            return ToText(sid.Address);
    }

    private static string LookUpSid(string account)
    {
        uint sidLength = 0;
        uint domainLength = 0;
        Advapi32.LookupAccountNameW(null, account, IntPtr.Zero, ref sidLength, null, ref domainLength, out _);
        int error = Marshal.GetLastWin32Error();
        if (error != Win32Error.ERROR_INSUFFICIENT_BUFFER || sidLength == 0)
            throw NotFound(account, error);

        IntPtr sid = Marshal.AllocHGlobal((int)sidLength);
        try
        {
            if (!Advapi32.LookupAccountNameW(
                null, account, sid, ref sidLength, new char[Math.Max(1, domainLength)], ref domainLength, out int use))
                throw NotFound(account, Marshal.GetLastWin32Error());
            if (use is SidTypeDomain or SidTypeDeletedAccount or SidTypeInvalid or SidTypeUnknown or SidTypeComputer)
                throw Unknown($"'{account}' names a domain, a computer or a deleted account.", account, 0);

            return ToText(sid);
        }
        finally
        {
            Marshal.FreeHGlobal(sid);
        }
    }

    private static WinMmfException NotFound(string account, int error) =>
        Unknown(
            $"The account '{account}' cannot be found on this machine or in its domain.",
            account,
            error);

    private static WinMmfException Unknown(string message, string account, int error) =>
        new(WinMmfErrorId.UnknownAccount, message, new ErrorFacts { Account = account }, error);

    /// <summary>True if the token has an administrator's full rights.</summary>
    public static bool IsElevated() => BitConverter.ToInt32(ReadToken(TokenElevation), 0) != 0;

    /// <summary>The integrity level of the current token, as <see cref="WindowsLabel"/> has it.</summary>
    public static int CurrentLevel() => WindowsLabel.LevelOf(ReadTokenSid(TokenIntegrityLevel));

    /// <summary>A fact about the current token that contains no pointers.</summary>
    public static byte[] ReadToken(int informationClass)
    {
        using SafeKernelHandle token = OpenToken();
        Advapi32.GetTokenInformation(token, informationClass, IntPtr.Zero, 0, out uint needed);
        IntPtr buffer = Marshal.AllocHGlobal((int)needed);
        try
        {
            if (!Advapi32.GetTokenInformation(token, informationClass, buffer, needed, out _))
                throw WindowsError.Unexpected("Reading the rights of this process", Marshal.GetLastWin32Error());
            byte[] information = new byte[needed];
            Marshal.Copy(buffer, information, 0, information.Length);
            return information;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    private static string ReadTokenSid(int informationClass)
    {
        using SafeKernelHandle token = OpenToken();
        return ReadTokenSid(token, informationClass);
    }

    private static string ReadTokenSid(SafeKernelHandle token, int informationClass)
    {
        Advapi32.GetTokenInformation(token, informationClass, IntPtr.Zero, 0, out uint needed);
        int error = Marshal.GetLastWin32Error();
        if (needed == 0)
            throw WindowsError.Unexpected("Reading the account of this process", error);

        IntPtr buffer = Marshal.AllocHGlobal((int)needed);
        try
        {
            if (!Advapi32.GetTokenInformation(token, informationClass, buffer, needed, out _))
                throw WindowsError.Unexpected("Reading the account of this process", Marshal.GetLastWin32Error());

            // TOKEN_USER, TOKEN_OWNER and TOKEN_MANDATORY_LABEL begin with a pointer to the SID.
            return ToText(Marshal.ReadIntPtr(buffer));
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    /// <summary>The token that this thread acts with, for questions.</summary>
    public static SafeKernelHandle OpenToken()
    {
        if (Advapi32.OpenThreadToken(Kernel32.GetCurrentThread(), AccessRights.TOKEN_QUERY, asSelf: true, out SafeKernelHandle token))
            return token;

        token.Dispose();
        using SafeKernelHandle process = SafeKernelHandle.CurrentProcess();
        if (Advapi32.OpenProcessToken(process, AccessRights.TOKEN_QUERY, out token))
            return token;

        int error = Marshal.GetLastWin32Error();
        token.Dispose();
        throw WindowsError.Unexpected("Opening the token of this process", error);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Reads the access lists of a path and of where its links lead. Above the program's own folder only the rights count that let an account
/// put another folder in its place: every account may make new folders in C:\.
/// </summary>
internal sealed class WindowsProgramTrust : IProgramTrust
{
    private const uint OwnerAndList = 1 | 4;
    private const uint WriteData = 0x2;
    private const uint AppendData = 0x4;
    private const uint DeleteChild = 0x40;
    private const uint Delete = 0x1_0000;
    private const uint GenericWrite = 0x4000_0000;
    private const uint GenericAll = 0x1000_0000;
    private const uint Replace = Delete | AccessRights.WRITE_DAC | AccessRights.WRITE_OWNER | GenericAll;

    /// <summary>The rights to change a program.</summary>
    internal const uint OfFile = Replace | WriteData | AppendData | GenericWrite;

    /// <summary>The rights to change the folder in which it lies: programs load what lies beside them.</summary>
    internal const uint OfOwnFolder = OfFile | DeleteChild;

    /// <summary>The rights to change the folders above that.</summary>
    internal const uint OfFolder = Replace | DeleteChild;

    private const string TrustedInstallerSid = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    private const string CreatorOwnerSid = "S-1-3-0";
    private const string OwnerRightsSid = "S-1-3-4";
    private const string EveryoneSid = "S-1-1-0";
    private const string DomainPrefix = "S-1-5-21-";

    public ForeignWriter? FindWriter(string path) =>
        FindWriter(path, [WindowsAccount.CurrentUserSid(), WindowsAccount.CurrentDefaultOwnerSid()], mindsWhatIsMissing: false);

    public ForeignWriter? FindOrdinaryWriter(string path, string? account) =>
        FindWriter(path, account is null ? [] : [WindowsAccount.ResolveSid(account)], mindsWhatIsMissing: true);

    private static ForeignWriter? FindWriter(string path, string[] ours, bool mindsWhatIsMissing)
    {
        string full = Path.GetFullPath(path);
        if (FindWriterOnTheWay(full, ours, mindsWhatIsMissing) is ForeignWriter writer)
            return writer;
        string? final = Kernel32.TryGetFinalPath(full);
        return final is null || string.Equals(final, full, StringComparison.OrdinalIgnoreCase) ? null
            : FindWriterOnTheWay(final, ours, mindsWhatIsMissing);
    }

    /// <summary>
    /// The account that has one of some rights by a descriptor, and is neither this one nor an administrator; null if there is none.
    /// </summary>
    internal static string? FindWriter(WindowsDescriptor descriptor, uint rights, ICollection<string> ours)
    {
        if (!descriptor.HasList)
            return EveryoneSid;
        if (descriptor.Owner.Length > 0 && !IsOurs(descriptor.Owner, ours))
            return descriptor.Owner;
        foreach (WindowsAce entry in descriptor.Entries)
        {
            if (entry.IsAllowed && entry.IsEffective && (entry.Mask & rights) != 0 && !IsOurs(entry.Sid, ours))
                return entry.Sid;
        }

        return null;
    }

    private static ForeignWriter? FindWriterOnTheWay(string path, string[] ours, bool mindsWhatIsMissing)
    {
        uint rights = OfFile;
        for (string? part = path; part is not null && rights != 0; part = Path.GetDirectoryName(part))
        {
            if (Read(part, out int error) is WindowsDescriptor descriptor)
            {
                if (FindWriter(descriptor, rights, ours) is string sid)
                    return new ForeignWriter(part, WindowsAccount.NameOf(sid));
            }
            else if (error == Win32Error.ERROR_ACCESS_DENIED)
            {
                return new ForeignWriter(part, "an unknown account (its access list may not be read)");
            }

            else if (mindsWhatIsMissing)
            {
                // Whoever can make it decides what it is.
                rights = OfOwnFolder;
                continue;
            }

            // Wine makes access lists up from modes, and shows a sticky folder such as /tmp as one in which all may replace everything.
            rights = rights == OfFile ? OfOwnFolder : Ntdll.IsWine ? 0 : OfFolder;
        }

        return null;
    }

    private static bool IsOurs(string sid, ICollection<string> ours) =>
        ours.Contains(sid)
        || sid is WindowsAccount.SystemSid or WindowsAccount.AdministratorsSid or TrustedInstallerSid or CreatorOwnerSid or OwnerRightsSid
        || (sid.StartsWith(DomainPrefix, StringComparison.Ordinal) && IsAdministratorOfDomain(sid));

    /// <summary>The built-in administrator, and the administrators of a domain and of a forest.</summary>
    private static bool IsAdministratorOfDomain(string sid) =>
        sid.Substring(sid.LastIndexOf('-') + 1) is "500" or "512" or "519";

    private static WindowsDescriptor? Read(string path, out int error)
    {
        byte[] bytes = [];
        while (true)
        {
            if (Advapi32.GetFileSecurityW(path, OwnerAndList, bytes, (uint)bytes.Length, out uint needed))
            {
                error = 0;
                return WindowsDescriptor.Parse(bytes);
            }

            error = Marshal.GetLastWin32Error();
            if (error != Win32Error.ERROR_INSUFFICIENT_BUFFER || needed <= bytes.Length)
                return null;
            bytes = new byte[needed];
        }
    }
}

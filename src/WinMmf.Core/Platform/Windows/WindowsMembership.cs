using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// The SIDs that an access check sees. The caller's stand in its token; another account's are put together from what it
/// belongs to for certain and from the groups that the system tells.
/// </summary>
internal static class WindowsMembership
{
    private const int TokenGroups = 2;
    private const uint GroupEnabled = 0x4;
    private const uint GroupDenyOnly = 0x10;
    private const int UserUse = 1;
    private const uint IncludeIndirect = 1;
    private const uint PreferredLength = uint.MaxValue;

    private const string EveryoneSid = "S-1-1-0";
    private const string InteractiveSid = "S-1-5-4";
    /// <summary>What every service is a member of.</summary>
    public const string ServiceSid = "S-1-5-6";
    private const string AnonymousSid = "S-1-5-7";
    private const string AuthenticatedSid = "S-1-5-11";
    private const string LocalServiceSid = "S-1-5-19";
    private const string NetworkServiceSid = "S-1-5-20";
    private const string GuestsSid = "S-1-5-32-546";
    private const string AllServicesSid = "S-1-5-80-0";
    private const string ServicePrefix = "S-1-5-80-";
    private const string BuiltInAdministratorSuffix = "-500";

    /// <summary>The caller, by the token that this thread acts with.</summary>
    public static WindowsSubject Current(int? sessionId)
    {
        string sid = WindowsAccount.CurrentUserSid();
        List<string> enabled = [sid];
        List<string> denyOnly = [];
        foreach (KeyValuePair<string, uint> group in ReadGroups())
        {
            if ((group.Value & GroupDenyOnly) != 0)
                denyOnly.Add(group.Key);
            else if ((group.Value & GroupEnabled) != 0)
                enabled.Add(group.Key);
        }

        return new WindowsSubject(WindowsAccount.NameOf(sid), sid, sessionId ?? WindowsObjectDirectory.CurrentSession, isCaller: true,
            enabled, denyOnly, WindowsAccount.CurrentLevel());
    }

    /// <summary>Another account, or a group: then an account that is in that group and in no other.</summary>
    public static WindowsSubject Of(string sid, int? sessionId)
    {
        int session = sessionId ?? WindowsObjectDirectory.CurrentSession;
        string name = WindowsAccount.NameOf(sid);
        List<string> enabled = [sid];
        List<string> denyOnly = [];
        if (sid is not (AnonymousSid or EveryoneSid))
        {
            enabled.Add(EveryoneSid);
            if (sid != GuestsSid)
                enabled.Add(AuthenticatedSid);
        }

        if (sid == WindowsAccount.SystemSid)
        {
            enabled.Add(WindowsAccount.AdministratorsSid);
        }
        else if (sid is LocalServiceSid or NetworkServiceSid || sid.StartsWith(ServicePrefix, StringComparison.Ordinal))
        {
            enabled.AddRange([WindowsAccount.UsersSid, ServiceSid]);
            if (sid.StartsWith(ServicePrefix, StringComparison.Ordinal))
                enabled.Add(AllServicesSid);
        }
        else if (WindowsAccount.UseOf(sid) is UserUse)
        {
            // A signed-in account is in Users through Authenticated Users, unless an administrator has emptied the group.
            enabled.Add(WindowsAccount.UsersSid);
            if (session != 0)
                enabled.Add(InteractiveSid);
            AddLocalGroups(name, sid, enabled, denyOnly);
        }

        return new WindowsSubject(name, sid, session, isCaller: false, enabled, denyOnly, LevelOf(sid, enabled));
    }

    private static int LevelOf(string sid, List<string> enabled) =>
        sid == WindowsAccount.SystemSid || enabled.Contains(ServiceSid) ? WindowsLabel.System
        : enabled.Contains(WindowsAccount.AdministratorsSid) ? WindowsLabel.High
        : WindowsLabel.Medium;

    /// <summary>The caller's account and groups by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ListOwn()
    {
        string user = WindowsAccount.CurrentUserSid();
        yield return new(WindowsAccount.NameOf(user), $"Your account ({user})");
        foreach (KeyValuePair<string, uint> group in ReadGroups())
        {
            string name = WindowsAccount.NameOf(group.Key);

            // A session's own group has no name.
            if (name != group.Key)
                yield return new(name, $"A group of yours ({group.Key})");
        }
    }

    private static void AddLocalGroups(string name, string sid, List<string> enabled, List<string> denyOnly)
    {
        foreach (string group in FindLocalGroups(name))
        {
            if (TryResolve(group) is not string groupSid)
                continue;

            // Administrators start without that group's rights, except the built-in account.
            if (groupSid == WindowsAccount.AdministratorsSid && !sid.EndsWith(BuiltInAdministratorSuffix, StringComparison.Ordinal))
                denyOnly.Add(groupSid);
            else
                enabled.Add(groupSid);
        }
    }

    private static string? TryResolve(string group)
    {
        try
        {
            return WindowsAccount.ResolveSid(group);
        }
        catch (Errors.WinMmfException)
        {
            return null;
        }
    }

    private static List<string> FindLocalGroups(string account)
    {
        List<string> groups = [];
        int separator = account.IndexOf('\\');
        bool isLocal = separator < 0
            || string.Equals(account.Substring(0, separator), Environment.MachineName, StringComparison.OrdinalIgnoreCase);
        string user = isLocal ? account.Substring(separator + 1) : account;
        try
        {
            int status = Netapi32.NetUserGetLocalGroups(
                null, user, 0, IncludeIndirect, out SafeNetMemory memory, PreferredLength, out uint read, out _);
            using (memory)
            {
                // LOCALGROUP_USERS_INFO_0: one pointer to a name each.
                for (uint i = 0; status == 0 && !memory.IsInvalid && i < read; i++)
                {
                    if (Marshal.PtrToStringUni(Marshal.ReadIntPtr(memory.Address, (int)i * IntPtr.Size)) is string name)
                        groups.Add(name);
                }
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then only the groups count that the account certainly belongs to.
        }

        return groups;
    }

    private static List<KeyValuePair<string, uint>> ReadGroups()
    {
        using SafeKernelHandle token = WindowsAccount.OpenToken();
        Advapi32.GetTokenInformation(token, TokenGroups, IntPtr.Zero, 0, out uint needed);
        IntPtr buffer = Marshal.AllocHGlobal((int)Math.Max(needed, 16));
        try
        {
            if (!Advapi32.GetTokenInformation(token, TokenGroups, buffer, needed, out _))
                throw WindowsError.Unexpected("Reading the groups of this process", Marshal.GetLastWin32Error());

            // TOKEN_GROUPS: a count, then pairs of a pointer to a SID and attributes, aligned as pointers are.
            List<KeyValuePair<string, uint>> groups = [];
            int count = Marshal.ReadInt32(buffer);
            for (int i = 0; i < count; i++)
            {
                int at = IntPtr.Size + (i * 2 * IntPtr.Size);
                groups.Add(new(
                    WindowsAccount.ToText(Marshal.ReadIntPtr(buffer, at)), unchecked((uint)Marshal.ReadInt32(buffer, at + IntPtr.Size))));
            }

            return groups;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Errors;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Users and groups by name, number and word.</summary>
internal static class LinuxAccounts
{
    public const string Everyone = "Everyone";
    public const string GroupPrefix = "group:";
    private const string UserPrefix = "user:";
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The words that mean everybody here, since there are no narrower classes.</summary>
    public static bool IsEverybody(string account) => IsWord(account, Everyone) || IsWord(account, "Users") || IsWord(account, "Interactive");

    /// <summary>The words that mean root.</summary>
    public static bool IsRoot(string account) => IsWord(account, "Administrators") || IsWord(account, "System");

    /// <summary>A group by name or number; null if there is none.</summary>
    public static uint? FindGroup(string account)
    {
        string name = WithoutPrefix(account, GroupPrefix);
        return Libc.FindGroupId(name) ?? (TryNumber(name, out uint number) && Libc.FindGroupName(number) is not null ? number : null);
    }

    /// <summary>A user by name or number; null if there is none.</summary>
    public static uint? FindUser(string account)
    {
        string name = WithoutPrefix(account, UserPrefix);
        return Libc.TryFindUser(name, out uint user, out _) ? user
            : TryNumber(name, out uint number) && Libc.FindUserName(number) is not null ? number
            : null;
    }

    /// <summary>A group for people: its name, or its number.</summary>
    public static string NameOfGroup(uint group) => Libc.FindGroupName(group) ?? Number(group);

    /// <summary>A group as an account is written.</summary>
    public static string IdOfGroup(uint group) => GroupPrefix + NameOfGroup(group);

    /// <summary>The caller, with the groups that the kernel has for it.</summary>
    public static LinuxSubject Current()
    {
        uint user = Libc.GetEffectiveUserId();
        List<uint> groups = [];
        uint? primary = null;
        if (LinuxProcFile.TryRead("/proc/self/status", out string status) == 0)
        {
            // "Gid: real effective saved file-system", "Groups: …".
            foreach (string line in status.Split('\n'))
            {
                string[] fields = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 2 && fields[0] == "Gid:" && TryNumber(fields[2], out uint effective))
                    primary = effective;
                for (int i = 1; fields.Length > 0 && fields[0] == "Groups:" && i < fields.Length; i++)
                {
                    if (TryNumber(fields[i], out uint group))
                        groups.Add(group);
                }
            }
        }

        if (primary is uint own)
            groups.Add(own);
        return new LinuxSubject(Libc.FindUserName(user) ?? Number(user), Number(user), user, primary, groups, isCaller: true);
    }

    /// <summary>An account by name, number or word.</summary>
    /// <exception cref="WinMmfException">UnknownAccount.</exception>
    public static LinuxSubject Find(string account)
    {
        if (IsEverybody(account))
            return new LinuxSubject(Everyone, Everyone, null, null, [], isCaller: false);
        bool isGroup = account.StartsWith(GroupPrefix, StringComparison.OrdinalIgnoreCase);
        uint? user = IsRoot(account) ? 0 : isGroup ? null : FindUser(account);
        if (user == Libc.GetEffectiveUserId())
            return Current();
        if (user is uint id)
        {
            string name = Libc.FindUserName(id) ?? Number(id);
            bool isKnown = Libc.TryFindUser(name, out _, out uint primary);
            return new LinuxSubject(name, Number(id), id, isKnown ? primary : null, isKnown ? Libc.FindGroupsOf(name, primary) : [], isCaller: false);
        }

        if (FindGroup(account) is uint group)
            return new LinuxSubject(NameOfGroup(group), IdOfGroup(group), null, group, [group], isCaller: false);
        throw new WinMmfException(
            WinMmfErrorId.UnknownAccount,
            $"This machine has no user and no group '{account}'.",
            new ErrorFacts { Account = account });
    }

    /// <summary>The groups in the machine's own list; a directory service may know more.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ListGroups()
    {
        foreach (string line in ReadGroupList())
        {
            // name:password:number:members
            string[] fields = line.Split(':');
            if (fields.Length == 4)
                yield return new(GroupPrefix + fields[0], $"Group {fields[2]}{(fields[3].Length == 0 ? "" : $": {fields[3]}")}");
        }
    }

    private static string[] ReadGroupList()
    {
        try
        {
            return File.ReadAllLines("/etc/group");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsWord(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : text;

    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}

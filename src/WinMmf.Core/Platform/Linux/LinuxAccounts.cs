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

    /// <summary>The words that mean every account here, since there are no narrower classes.</summary>
    public static bool IsEverybody(string account) => IsWord(account, Everyone) || IsWord(account, "Users")
        || IsWord(account, "Interactive");

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
            return new LinuxSubject(
                name, Number(id), id, isKnown ? primary : null, isKnown ? Libc.FindGroupsOf(name, primary) : [], isCaller: false);
        }

        if (FindGroup(account) is uint group)
            return new LinuxSubject(NameOfGroup(group), IdOfGroup(group), null, group, [group], isCaller: false);
        throw new WinMmfException(
            WinMmfErrorId.UnknownAccount,
            $"This machine has no user and no group '{account}'.",
            new ErrorFacts { Account = account });
    }

    /// <summary>The number of the one user that is meant, also of one whom this machine has no name for.</summary>
    /// <exception cref="WinMmfException">UnknownAccount; InvalidArgument: every account, or a group.</exception>
    public static string ResolveOwner(string account)
    {
        if (IsEverybody(account) || account.StartsWith(GroupPrefix, StringComparison.OrdinalIgnoreCase))
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"'{account}' is no single user, and a file belongs to one.", new ErrorFacts { Account = account });
        if (IsRoot(account))
            return "0";
        if (FindUser(account) is uint user || TryNumber(WithoutPrefix(account, UserPrefix), out user))
            return Number(user);
        throw new WinMmfException(
            WinMmfErrorId.UnknownAccount, $"This machine has no user '{account}'.", new ErrorFacts { Account = account });
    }

    /// <summary>The groups in the machine's own list; a directory service may know more.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ListGroups()
    {
        foreach (string line in ReadList("/etc/group"))
        {
            // name:password:number:members
            string[] fields = line.Split(':');
            if (fields.Length == 4)
                yield return new(GroupPrefix + fields[0], $"Group {fields[2]}{(fields[3].Length == 0 ? "" : $": {fields[3]}")}");
        }
    }

    /// <summary>
    /// The users of a group in the machine's own lists, those included whose own group it is; null for a group that is not in them.
    /// </summary>
    public static IReadOnlyList<uint>? ListMembers(uint group)
    {
        List<uint>? members = null;
        foreach (string line in ReadList("/etc/group"))
        {
            string[] fields = line.Split(':');
            if (fields.Length != 4 || !TryNumber(fields[2], out uint number) || number != group)
                continue;
            members ??= [];
            foreach (string name in fields[3].Split([','], StringSplitOptions.RemoveEmptyEntries))
            {
                // A name that no account has may be given to any account later.
                members.Add(Libc.TryFindUser(name.Trim(), out uint user, out _) ? user : LinuxUsers.OverflowUser);
            }
        }

        foreach (string line in members is null ? [] : ReadList("/etc/passwd"))
        {
            // name:password:number:group:…
            string[] fields = line.Split(':');
            if (fields.Length > 3 && TryNumber(fields[2], out uint user) && TryNumber(fields[3], out uint own) && own == group)
                members!.Add(user);
        }

        return members;
    }

    private static string[] ReadList(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsWord(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : text;

    /// <summary>A number as the system writes it.</summary>
    public static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}

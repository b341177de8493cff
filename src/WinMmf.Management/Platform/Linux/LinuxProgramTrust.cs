using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// Walks a path as the kernel does, link by link. A file or folder counts as ours if root or this account owns it and no other may
/// write it by mode or access list. A sticky folder is no danger to what lies in it, but the folder of the program itself must not be one:
/// programs load what lies beside them.
/// </summary>
internal sealed class LinuxProgramTrust : IProgramTrust
{
    private const int MostLinks = 40;
    private const int Sticky = 0x200;
    private const int GroupWrite = 0x10;
    private const int OthersWrite = 0x2;
    private const string Everyone = "every account";

    public ForeignWriter? FindWriter(string path) => Walk(path, new Judge(static user => user == 0 || LinuxUsers.IsCaller(user), false));

    public ForeignWriter? FindOrdinaryWriter(string path, string? account)
    {
        uint? named = account is null ? null : LinuxAccounts.FindUser(account);
        return Walk(path, new Judge(user => user == 0 || user == named, true));
    }

    private static ForeignWriter? Walk(string path, Judge judge)
    {
        Stack<string> left = new(Split(path).Reverse());
        List<string> at = [];
        bool isSticky = false;
        if (FindWriterOf(judge, "/", left.Count == 1, ref isSticky, out _) is ForeignWriter root)
            return root;
        for (int links = 0; left.Count > 0;)
        {
            string name = left.Pop();
            if (name == "..")
            {
                // No link stands before it any more, so the folder above is the one in front.
                if (at.Count > 0)
                    at.RemoveAt(at.Count - 1);
                continue;
            }

            string here = "/" + string.Join("/", at.Append(name));
            if (FindWriterOf(judge, here, left.Count == 1, ref isSticky, out string? target) is ForeignWriter writer)
                return writer;
            if (target is null)
            {
                at.Add(name);
                continue;
            }

            if (++links > MostLinks)
                return null;
            if (target.StartsWith("/", StringComparison.Ordinal))
                at.Clear();
            foreach (string part in Split(target).Reverse())
                left.Push(part);
        }

        return null;
    }

    private static IEnumerable<string> Split(string path) => path.Split('/').Where(static part => part.Length > 0 && part != ".");

    /// <summary>Who else can change one file, folder or link.</summary>
    /// <param name="judge">Which accounts are no danger.</param>
    /// <param name="path">Its path, without links in front of the last part.</param>
    /// <param name="holdsProgram">True for the folder in which the last part of the path lies.</param>
    /// <param name="isSticky">In: the folder above is sticky and open; out: this one is.</param>
    /// <param name="target">Where a link leads; null for anything else.</param>
    private static ForeignWriter? FindWriterOf(Judge judge, string path, bool holdsProgram, ref bool isSticky, out string? target)
    {
        target = null;
        if (Libc.GetStatus(path, follow: false, out FileStatus status) != 0)
            return isSticky && judge.MindsWhatIsMissing ? new ForeignWriter(path, Everyone) : null;
        if (!judge.IsOurs(status.UserId))
            return new ForeignWriter(path, NameOf(status.UserId));
        if (status.IsLink)
        {
            target = Libc.ReadLink(path);
            return target is null ? new ForeignWriter(path, "an account that just changed it") : null;
        }

        int mode = status.Permissions;
        isSticky = status.IsDirectory && (mode & Sticky) != 0;
        if (isSticky && !holdsProgram)
            return null;
        if ((mode & OthersWrite) != 0)
            return new ForeignWriter(path, Everyone);
        if ((mode & GroupWrite) == 0)
            return null;

        // Where there is an access list, these bits are its mask, and the group has an entry of its own.
        IReadOnlyList<LinuxAclEntry> list = LinuxAcl.Read(path);
        string? account = list.Count == 0
            ? FindMember(judge, status.GroupId)
            : list.Where(static entry => entry.MayWrite).Select(entry => FindAccount(judge, entry, status.GroupId))
                .FirstOrDefault(static who => who is not null);
        return account is null ? null : new ForeignWriter(path, account);
    }

    private static string? FindAccount(Judge judge, LinuxAclEntry entry, uint ownGroup) =>
        entry.IsGroup ? FindMember(judge, entry.Id ?? ownGroup)
        : entry.Id is uint user && !judge.IsOurs(user) ? NameOf(user)
        : null;

    /// <summary>A group that has another member; null if it has none.</summary>
    private static string? FindMember(Judge judge, uint group)
    {
        if (group == 0)
            return null;
        string name = LinuxAccounts.IdOfGroup(group);

        // Who is in a group that is not in the machine's own list only a directory service knows.
        IReadOnlyList<uint>? members = LinuxAccounts.ListMembers(group);
        return members is null || members.Any(user => !judge.IsOurs(user)) ? name : null;
    }

    private static string NameOf(uint user) =>
        Libc.FindUserName(user) ?? "user " + user.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which accounts are no danger.</summary>
    /// <param name="isOurs">True for such an account.</param>
    /// <param name="mindsWhatIsMissing">True if what is not there must not be made by others either.</param>
    private sealed class Judge(Func<uint, bool> isOurs, bool mindsWhatIsMissing)
    {
        public Func<uint, bool> IsOurs { get; } = isOurs;

        public bool MindsWhatIsMissing { get; } = mindsWhatIsMissing;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>An <see cref="AccessPolicy"/> as a file's mode and group.</summary>
internal readonly struct LinuxFileMode
{
    /// <summary>Reading and writing for the owner, nothing for others.</summary>
    public const int OwnerOnly = 0x180;

    /// <summary>Bits by which others may write. With an access control list the group's bits are its mask.</summary>
    public const int OthersWrite = 0x12;

    private const string GroupPrefix = "group:";
    private const int Read = 4;
    private const int Write = 2;
    private const int GroupShift = 3;

    /// <summary>A mode and a group; null to leave the group.</summary>
    public LinuxFileMode(int permissions, uint? groupId)
    {
        Permissions = permissions;
        GroupId = groupId;
    }

    /// <summary>Permission bits.</summary>
    public int Permissions { get; }

    /// <summary>The group that the file is to have; null to leave the creator's.</summary>
    public uint? GroupId { get; }

    /// <summary>Translates a policy.</summary>
    /// <exception cref="WinMmfException">
    /// UnknownAccount; InvalidArgument if two groups are named, or readers of a Local name; NotSupported for SDDL.
    /// </exception>
    public static LinuxFileMode From(AccessPolicy policy, ObjectKind kind, NameScope scope)
    {
        if (policy.Sddl is not null)
        {
            throw new WinMmfException(
                WinMmfErrorId.NotSupported,
                "A security descriptor (SDDL) means nothing on Linux, where a file has a mode and a group.",
                new ErrorFacts { Right = "SDDL" });
        }

        if (policy.Permissions is int existing)
            return From(existing, policy.GroupId, kind);
        policy.ThrowIfChannelHasWriters(kind);
        int permissions = OwnerOnly;
        uint? groupId = null;
        string? group = null;
        bool isShared = false;
        bool isGroupServed = false;
        foreach ((string account, AccessRight right) in Accounts(policy))
        {
            int rights = LinuxAccessObject.BitsFor(kind, right);
            if (IsWord(account, "Administrators") || IsWord(account, "System"))
                continue;
            isShared = true;
            if (IsWord(account, "Everyone") || IsWord(account, "Users") || IsWord(account, "Interactive"))
            {
                // The group's bits as well: otherwise its members would have fewer rights than all other accounts.
                permissions |= rights | (rights << GroupShift);
                continue;
            }

            // Looked up even where it gets nothing: a misspelt one fails with the first object and not with a later one.
            uint id = FindGroup(account);
            if (groupId is uint other && other != id)
            {
                throw new WinMmfException(
                    WinMmfErrorId.InvalidAccess,
                    $"Access was asked for the groups '{group}' and '{account}', but a file on Linux has one group.");
            }

            groupId = id;
            group = account;
            isGroupServed |= rights != 0;
            permissions |= rights << GroupShift;
        }

        if (scope == NameScope.Local && isShared)
        {
            throw new WinMmfException(
                WinMmfErrorId.LocalIsPrivate,
                "Access cannot be given to a Local name on Linux: it belongs to your account, and other accounts do not look it up.");
        }

        return new LinuxFileMode(permissions, isGroupServed ? groupId : null);
    }

    /// <summary>What an object needs for those who have a mode on the section that bears the name.</summary>
    public static LinuxFileMode From(int permissions, uint? groupId, ObjectKind kind)
    {
        switch (kind)
        {
            case ObjectKind.PublisherSection:
                return new LinuxFileMode(permissions & ~OthersWrite, groupId);
            case ObjectKind.Door:
                // Who reads there may connect, which takes the right to write.
                int readers = permissions & (Read | (Read << GroupShift));
                return new LinuxFileMode(OwnerOnly | readers | (readers >> 1), groupId);
            case ObjectKind.Locks:
                // Accounts that may write there may lock; those that may only read cannot even open the file of locks.
                int writers = permissions & (Write | (Write << GroupShift));
                return new LinuxFileMode(OwnerOnly | writers | (writers << 1), groupId);
            default:
                return new LinuxFileMode(OwnerOnly, null);
        }
    }

    /// <summary>Applies mode and group to a file that has no name yet.</summary>
    /// <exception cref="WinMmfException">AccessDenied if the caller is no member of the group.</exception>
    public void Apply(LinuxFile file)
    {
        int error = GroupId is uint groupId ? Libc.SetGroup(file.Descriptor, groupId) : 0;
        ThrowIfNoMember(error);
        if (error == 0)
            error = Libc.Fchmod(file.Descriptor, Permissions);
        if (error != 0)
            throw LinuxError.System($"Giving {file.Path} its access rights", error);
    }

    /// <summary>Applies mode and group to a socket in a folder; 0 or an errno.</summary>
    public int ApplyTo(LinuxFolder folder, string name)
    {
        int error = GroupId is uint groupId ? Libc.ChangeGroup(folder.Descriptor, name, groupId) : 0;
        return error == 0 ? Libc.ChangeMode(folder.Descriptor, name, Permissions) : error;
    }

    private void ThrowIfNoMember(int error)
    {
        if (error == Errno.EPERM)
        {
            throw new WinMmfException(
                WinMmfErrorId.NotAMember,
                $"Read access cannot be given to group {GroupId?.ToString(CultureInfo.InvariantCulture)}: you are no member of it.",
                new ErrorFacts { Account = GroupId is uint id ? LinuxAccounts.IdOfGroup(id) : null },
                error);
        }
    }

    private static IEnumerable<(string Account, AccessRight Right)> Accounts(AccessPolicy policy)
    {
        foreach (string reader in policy.Readers)
            yield return (reader, AccessRight.Read);
        foreach (string writer in policy.Writers)
            yield return (writer, AccessRight.Write);
    }

    private static uint FindGroup(string reader)
    {
        string group = reader.StartsWith(GroupPrefix, StringComparison.OrdinalIgnoreCase) ? reader.Substring(GroupPrefix.Length) : reader;
        return Libc.FindGroupId(group) ?? throw new WinMmfException(
            WinMmfErrorId.UnknownAccount,
            $"This machine has no group '{group}', and on Linux read access is given to a group or to Everyone.",
            new ErrorFacts { Account = group });
    }

    private static bool IsWord(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}

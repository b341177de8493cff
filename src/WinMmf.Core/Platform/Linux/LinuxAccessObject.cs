using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>A file, its mode and its group.</summary>
internal sealed class LinuxAccessObject : AccessObject
{
    private const int GroupShift = 3;
    private static readonly Regex Text = new("^mode ([0-7]+), group ([0-9]+)", RegexOptions.CultureInvariant);

    public LinuxAccessObject(string part, string path, ObjectKind kind, in FileStatus status)
        : base(part, path, kind)
    {
        UserId = status.UserId;
        GroupId = status.GroupId;
        Permissions = status.Permissions;
    }

    /// <summary>The same file with another mode and group.</summary>
    public LinuxAccessObject(LinuxAccessObject file, string descriptor)
        : base(file.Part, file.FullName, file.Kind)
    {
        UserId = file.UserId;
        (Permissions, GroupId) = Parse(descriptor);
    }

    public uint UserId { get; }

    public uint GroupId { get; }

    public int Permissions { get; }

    /// <summary>What members of the group may: 4 to read, 2 to write.</summary>
    public int GroupBits => (Permissions >> GroupShift) & 7;

    /// <summary>What all others may.</summary>
    public int OtherBits => Permissions & 7;

    /// <summary>True if the group has more rights than others: then access was granted to the group, and not only to all.</summary>
    public bool HasGroup => (GroupBits & ~OtherBits) != 0;

    public override string OwnerId => UserId.ToString(CultureInfo.InvariantCulture);

    public override string Owner => Libc.FindUserName(UserId) ?? OwnerId;

    public override string Descriptor => Describe(Permissions, GroupId);

    public override IReadOnlyList<AccessEntry> Entries
    {
        get
        {
            List<AccessEntry> entries =
                [new(Owner, OwnerId, isAllowed: true, AccessRight.Full, (uint)(Permissions >> (2 * GroupShift)) & 7)];
            if (HasGroup)
                entries.Add(new(LinuxAccounts.IdOfGroup(GroupId), LinuxAccounts.IdOfGroup(GroupId), isAllowed: true, RightOf(GroupBits),
                    (uint)GroupBits));
            if (OtherBits != 0)
                entries.Add(new(LinuxAccounts.Everyone, LinuxAccounts.Everyone, isAllowed: true, RightOf(OtherBits), (uint)OtherBits));
            return entries;
        }
    }

    /// <summary>The text of a mode and a group.</summary>
    public static string Describe(int permissions, uint group)
    {
        string name = Libc.FindGroupName(group) is string known ? $" ({known})" : "";
        return $"mode {Convert.ToString(permissions, 8).PadLeft(4, '0')}, group {group.ToString(CultureInfo.InvariantCulture)}{name}";
    }

    /// <summary>Mode and group of a text.</summary>
    public static (int Permissions, uint Group) Parse(string descriptor)
    {
        Match match = Text.Match(descriptor);
        return match.Success
            ? (Convert.ToInt32(match.Groups[1].Value, 8), uint.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : throw new ArgumentException($"'{descriptor}' is no mode and group.", nameof(descriptor));
    }

    /// <summary>The rights that a WinMmf right needs on a kind of object; 0 if none.</summary>
    public static int BitsFor(ObjectKind kind, AccessRight right) => kind switch
    {
        ObjectKind.PublisherSection or ObjectKind.LockedMemory or ObjectKind.OpenMemory => right == AccessRight.Read ? 4 : 6,
        ObjectKind.Door => 6,
        ObjectKind.Locks => right == AccessRight.Write ? 6 : 0,
        _ => 0,
    };

    internal override bool IsInStepWith(AccessObject main)
    {
        LinuxAccessObject section = (LinuxAccessObject)main;
        foreach (AccessRight right in new[] { AccessRight.Read, AccessRight.Write })
        {
            int there = BitsFor(section.Kind, right);
            int here = BitsFor(Kind, right);
            if (here == 0 || (right == AccessRight.Write && Kind == ObjectKind.Door))
                continue;
            if (((section.OtherBits & there) == there && (OtherBits & here) != here)
                || ((section.GroupBits & there) == there
                    && ((GroupBits & here) != here || (section.HasGroup && GroupId != section.GroupId))))
            {
                return false;
            }
        }

        return true;
    }

    private AccessRight? RightOf(int bits) =>
        Kind == ObjectKind.Door ? (bits & 6) == 6 ? AccessRight.Read : null
        : (bits & 6) == 6 ? AccessRight.Write
        : (bits & 4) != 0 ? AccessRight.Read
        : null;
}

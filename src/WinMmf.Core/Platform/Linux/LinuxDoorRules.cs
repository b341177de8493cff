using System.Collections.Generic;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Who gets a row (protocol 7.7, 7.10).</summary>
internal static class LinuxDoorRules
{
    /// <summary>Rows that one account may have, the channel's own and root apart.</summary>
    public const int QuotaOfOne = 16;

    /// <summary>Rows that all such accounts may have together; the others are kept for the channel's own and root.</summary>
    public const int QuotaOfAll = 48;

    private const int ReadByGroup = 0x20;
    private const int ReadByOthers = 0x04;

    /// <summary>True if control's access, as it is now, lets an account read.</summary>
    public static bool MayRead(in FileStatus control, in PeerCredentials peer, uint[] groups)
    {
        if (peer.UserId == 0 || LinuxUsers.IsSame(peer.UserId, control.UserId))
            return true;
        bool isMember = LinuxUsers.IsSameGroup(peer.GroupId, control.GroupId);
        foreach (uint group in groups)
            isMember |= LinuxUsers.IsSameGroup(group, control.GroupId);
        return (control.Mode & (isMember ? ReadByGroup : ReadByOthers)) != 0;
    }

    /// <summary>The lowest free row, if the account may have one more.</summary>
    public static DoorStatus TryFindRow(List<LinuxDoorRow> rows, uint owner, uint userId, out int number)
    {
        number = 0;
        bool isPreferred = IsPreferred(userId, owner);
        ulong taken = 0;
        int same = 0;
        int others = 0;
        foreach (LinuxDoorRow row in rows)
        {
            taken |= 1UL << row.Row.Number;
            same += row.UserId == userId ? 1 : 0;
            others += IsPreferred(row.UserId, owner) ? 0 : 1;
        }

        if (!isPreferred && same >= QuotaOfOne)
            return DoorStatus.QuotaReached;
        if (!isPreferred && others >= QuotaOfAll)
            return DoorStatus.NoneFree;
        for (number = 1; number <= RowLayout.Most; number++)
        {
            if ((taken & (1UL << number)) == 0)
                return DoorStatus.Granted;
        }

        number = 0;
        return DoorStatus.NoneFree;
    }

    private static bool IsPreferred(uint userId, uint owner) => userId == 0 || LinuxUsers.IsSame(userId, owner);
}

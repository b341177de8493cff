using System.Globalization;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// When two accounts are the same (protocol 1.4). The overflow number stands for all accounts without a number here, in a container that
/// maps users for example: it never equals anyone.
/// </summary>
internal static class LinuxUsers
{
    private const uint UsualOverflow = 65534;

    /// <summary>The number of users that have none here.</summary>
    public static uint OverflowUser { get; } = Read("/proc/sys/kernel/overflowuid");

    /// <summary>The number of groups that have none here.</summary>
    public static uint OverflowGroup { get; } = Read("/proc/sys/kernel/overflowgid");

    public static bool IsSame(uint user, uint other) => user == other && user != OverflowUser;

    public static bool IsSameGroup(uint group, uint other) => group == other && group != OverflowGroup;

    /// <summary>True if a file's owner is this process's account.</summary>
    public static bool IsCaller(uint user) => IsSame(user, Libc.GetEffectiveUserId());

    /// <summary>True if this process may remove a file of that owner from a sticky folder.</summary>
    public static bool CallerMayRemove(uint user) => IsCaller(user) || Libc.GetEffectiveUserId() == 0;

    private static uint Read(string path) =>
        LinuxProcFile.TryRead(path, out string text) == 0
            && uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : UsualOverflow;
}

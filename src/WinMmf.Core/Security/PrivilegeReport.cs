using System.Collections.Generic;

namespace WinMmf.Security;

/// <summary>Whether an account has a privilege, and where it has it from.</summary>
internal sealed class PrivilegeReport
{
    internal PrivilegeReport(SystemPrivilege privilege, string account)
    {
        Privilege = privilege;
        Account = account;
    }

    /// <summary>The privilege.</summary>
    public SystemPrivilege Privilege { get; }

    /// <summary>The account.</summary>
    public string Account { get; }

    /// <summary>
    /// True if it can be used: by this process, or for another account, after its next sign-in. Null if that cannot be found out.
    /// </summary>
    public bool? IsHeld { get; internal set; }

    /// <summary>True if this process has it switched on. WinMmf switches it on where it needs it. Null for other accounts.</summary>
    public bool? IsEnabled { get; internal set; }

    /// <summary>The account itself and those of its groups that the right is assigned to. Null if this may not be asked.</summary>
    public IReadOnlyList<string>? AssignedTo { get; internal set; }

    /// <summary>How many bytes may be locked in memory; null if it is about something else or there is no limit.</summary>
    public long? LockLimit { get; internal set; }

    /// <summary>What it means, in a sentence or two.</summary>
    public string Message { get; internal set; } = "";
}

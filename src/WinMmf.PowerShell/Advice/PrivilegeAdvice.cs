using WinMmf.Management.Remedies;
using WinMmf.Security;

namespace WinMmf.PowerShell.Advice;

/// <summary>What to do about a missing privilege.</summary>
internal static class PrivilegeAdvice
{
    /// <summary>The advice; null where nothing is missing.</summary>
    public static string? For(PrivilegeReport report)
    {
        if (report.IsHeld == true && report.LockLimit is null)
            return null;

        // Only Linux has a limit, and there nothing is assigned to accounts.
        if (report.Privilege == SystemPrivilege.SeLockMemoryPrivilege)
        {
            return report.LockLimit is not null
                ? SystemRemedy.RaiseLockLimit
                : $"Use -Resident Locked. For large pages, as an administrator: {Grant(report)}; then sign in again.";
        }

        return "Let a service or a task of SYSTEM create the memory with -Scope Global and -ReadAccess for this account. "
            + $"An elevated prompt has the right; as an administrator: {Grant(report)}";
    }

    /// <summary>What Microsoft advises about giving a privilege away, and the way that needs it less.</summary>
    public static string BeforeGrant(SystemPrivilege privilege) => privilege == SystemPrivilege.SeCreateGlobalPrivilege
        ? "Microsoft advises to leave this right with administrators and services: an account that has it can create objects under "
            + "names that the programs of other users trust. The better way: a service or a task of SYSTEM creates the memory with "
            + "-Scope Global and -ReadAccess for the accounts that need it, which then open it without any privilege."
        : "Microsoft advises to give this right only to accounts that need it: an account that has it can take the memory of the machine "
            + "from all other programs, until nothing runs any more. The better way: -Resident Locked, which needs no privilege, or a "
            + "service that has the right and creates the memory for others.";

    private static CommandText Grant(PrivilegeReport report) =>
        new CommandText("Grant-SharedMemoryPrivilege").WithWord("Privilege", report.Privilege.ToString()).With("Account", report.Account);
}

using System;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Security;

namespace WinMmf.Management.Privileges;

/// <summary>Shows, gives and takes the rights of the system that shared memory may need.</summary>
internal static class SystemPrivileges
{
    /// <summary>Whether an account has a privilege, and through which assignment.</summary>
    /// <param name="privilege">The privilege.</param>
    /// <param name="account">An account's name, a SID, or a word such as Users; null: this process.</param>
    /// <exception cref="WinMmfException">UnknownAccount, NotSupported (another account on Linux), SystemError.</exception>
    public static PrivilegeReport Read(SystemPrivilege privilege, string? account = null) =>
        PlatformServices.Current.Privileges.Read(privilege, account);

    /// <summary>Assigns a privilege to an account. It has it from its next sign-in on.</summary>
    /// <param name="privilege">The privilege.</param>
    /// <param name="account">An account's name, a SID, or a word such as Users.</param>
    /// <returns>How it is afterwards, read back from the system.</returns>
    /// <exception cref="WinMmfException">
    /// UnknownAccount, AccessDenied, NotSupported (Linux; or the system did not keep it), SystemError.
    /// </exception>
    public static PrivilegeReport Grant(SystemPrivilege privilege, string account) =>
        Change(PlatformServices.Current.Privileges, privilege, account, grant: true);

    /// <summary>Takes a privilege from an account. What is signed in keeps it until it signs out.</summary>
    /// <param name="privilege">The privilege.</param>
    /// <param name="account">An account's name, a SID, or a word such as Users.</param>
    /// <returns>How it is afterwards, read back from the system.</returns>
    /// <exception cref="WinMmfException">
    /// UnknownAccount, AccessDenied, NotFound (not assigned to this very account), NotSupported, SystemError.
    /// </exception>
    public static PrivilegeReport Revoke(SystemPrivilege privilege, string account) =>
        Change(PlatformServices.Current.Privileges, privilege, account, grant: false);

    /// <summary>Refuses where this system knows no such assignment at all.</summary>
    /// <param name="privilege">The privilege.</param>
    /// <exception cref="WinMmfException">NotSupported (Linux), with the place where the limit is set.</exception>
    public static void ThrowIfFixed(SystemPrivilege privilege) => PlatformServices.Current.Privileges.ThrowIfFixed(privilege);

    internal static PrivilegeReport Change(IPrivilegeStore store, SystemPrivilege privilege, string account, bool grant)
    {
        if (string.IsNullOrWhiteSpace(account))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, "The name of the account is empty.");
        if (grant)
            store.Grant(privilege, account);
        else
            store.Revoke(privilege, account);

        // A system may say yes and do nothing.
        PrivilegeReport report = store.Read(privilege, account);
        if (report.AssignedTo is not null && report.AssignedTo.Contains(report.Account, StringComparer.OrdinalIgnoreCase) != grant)
        {
            throw new WinMmfException(
                WinMmfErrorId.ChangeNotKept,
                $"The system accepted the change and did not keep it: {privilege} is {(grant ? "still not" : "still")} assigned to "
                    + $"{report.Account}. A policy of the domain may set it back, or this system (such as Wine) has no store of account "
                    + "rights.",
                new ErrorFacts { Account = report.Account, Right = privilege.ToString() });
        }

        return report;
    }
}

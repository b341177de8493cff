using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Privileges of tokens, and the account rights that they come from.</summary>
internal sealed class WindowsPrivilegeStore : IPrivilegeStore
{
    private readonly IAccountRights _rights;

    public WindowsPrivilegeStore(IAccountRights rights) => _rights = rights;

    /// <inheritdoc/>
    public PrivilegeReport Read(SystemPrivilege privilege, string? account)
    {
        string right = privilege.ToString();
        string self = WindowsAccount.CurrentUserSid();
        string sid = account is null ? self : WindowsAccount.ResolveSid(account);
        bool isSelf = account is null;
        PrivilegeReport report = new(privilege, WindowsAccount.NameOf(sid)) { AssignedTo = FindAssignments(sid, sid == self, right) };
        if (isSelf)
        {
            bool? state = WindowsPrivilege.StateOf(right);
            report.IsHeld = state is not null;
            report.IsEnabled = state == true;
        }
        else
        {
            report.IsHeld = report.AssignedTo is null ? null : report.AssignedTo.Count > 0;
        }

        report.Message = Describe(report, isSelf);
        return report;
    }

    /// <inheritdoc/>
    public void ThrowIfFixed(SystemPrivilege privilege)
    {
    }

    /// <inheritdoc/>
    public void Grant(SystemPrivilege privilege, string account) => _rights.Add(WindowsAccount.ResolveSid(account), privilege.ToString());

    /// <inheritdoc/>
    public void Revoke(SystemPrivilege privilege, string account)
    {
        string sid = WindowsAccount.ResolveSid(account);
        string right = privilege.ToString();
        if (_rights.List(sid) is IReadOnlyList<string> assigned && !assigned.Contains(right))
        {
            string through = string.Join(", ", FindAssignments(sid, sid == WindowsAccount.CurrentUserSid(), right) ?? []);
            throw new WinMmfException(
                WinMmfErrorId.PrivilegeNotAssigned,
                $"{right} is not assigned to {WindowsAccount.NameOf(sid)} itself, so it cannot be taken from it. "
                    + $"{(through.Length == 0 ? "It does not have it through a group either." : $"It has it through {through}.")}",
                new ErrorFacts { Account = account, Right = right, Owner = through.Length == 0 ? null : through });
        }

        _rights.Remove(sid, right);
    }

    /// <summary>The account and those of its groups that have a right, by name; null if none of them may be asked about.</summary>
    private List<string>? FindAssignments(string sid, bool isSelf, string right)
    {
        List<string> found = new();
        bool mayAsk = false;
        WindowsSubject subject = isSelf ? WindowsMembership.Current(null) : WindowsMembership.Of(sid, null);
        foreach (string holder in subject.Sids.Distinct())
        {
            IReadOnlyList<string>? rights = _rights.List(holder);
            mayAsk |= rights is not null;
            if (rights is not null && rights.Contains(right))
                found.Add(WindowsAccount.NameOf(holder));
        }

        return mayAsk ? found : null;
    }

    private static string Describe(PrivilegeReport report, bool isSelf)
    {
        string purpose = report.Privilege == SystemPrivilege.SeCreateGlobalPrivilege
            ? "It is needed to create Global names; opening them needs none."
            : "It is needed for large pages; locked memory needs none.";
        string through = report.AssignedTo switch
        {
            null => "Who it is assigned to is shown to administrators only.",
            { Count: 0 } => "It is assigned neither to the account nor to a group of it.",
            _ => $"It is assigned to {string.Join(", ", report.AssignedTo)}.",
        };
        if (isSelf && report.IsHeld == false && report.AssignedTo is { Count: > 0 })
            through += " This process does not have it all the same: it was given after the last sign-in, or needs an elevated prompt.";
        return $"{purpose} {through}";
    }
}

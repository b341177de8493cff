using System.Management.Automation;
using WinMmf.Management.Privileges;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Grant-SharedMemoryPrivilege: assigns a right of the system to an account.</summary>
[Cmdlet(VerbsSecurity.Grant, "SharedMemoryPrivilege", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SharedMemoryPrivilege))]
public sealed class GrantSharedMemoryPrivilegeCommand : ChangeSharedMemoryPrivilegeCommand
{
    private protected override void Change(string account)
    {
        SystemPrivileges.ThrowIfFixed(Privilege);

        // Before the confirmation, so that the user knows it.
        WriteWarning(PrivilegeAdvice.BeforeGrant(Privilege));
        if (!ShouldProcess(account, $"Assign {Privilege}"))
            return;
        PrivilegeReport report = SystemPrivileges.Grant(Privilege, account);
        WriteWarning($"{report.Account} has {Privilege} from its next sign-in on; what runs now, services too, has to be started again.");
        WriteObject(new SharedMemoryPrivilege(report));
    }
}

using System.Management.Automation;
using WinMmf.Management.Privileges;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Revoke-SharedMemoryPrivilege: takes a right of the system from an account.</summary>
[Cmdlet(VerbsSecurity.Revoke, "SharedMemoryPrivilege", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SharedMemoryPrivilege))]
public sealed class RevokeSharedMemoryPrivilegeCommand : ChangeSharedMemoryPrivilegeCommand
{
    private protected override void Change(string account)
    {
        SystemPrivileges.ThrowIfFixed(Privilege);
        if (!ShouldProcess(account, $"Take {Privilege} away"))
            return;
        PrivilegeReport report = SystemPrivileges.Revoke(Privilege, account);
        WriteWarning($"What {report.Account} runs now keeps {Privilege} until it signs out.");
        if (report.AssignedTo is { Count: > 0 })
            WriteWarning($"{report.Account} still has it through {string.Join(", ", report.AssignedTo)}.");
        WriteObject(new SharedMemoryPrivilege(report));
    }
}

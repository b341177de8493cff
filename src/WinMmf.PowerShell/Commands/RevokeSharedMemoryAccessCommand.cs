using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Revoke-SharedMemoryAccess: takes away what accounts were granted.</summary>
[Cmdlet(VerbsSecurity.Revoke, "SharedMemoryAccess", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class RevokeSharedMemoryAccessCommand : AccessChangeCommand
{
    /// <summary>Accounts to leave out.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GrantedAccountCompleter))]
    public string[] Account { get; set; } = [];

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        foreach (string account in Account)
            MemoryAccess.PlanRevoke(name, account);
        foreach (string account in Account)
            yield return MemoryAccess.PlanRevoke(name, account);
    }
}

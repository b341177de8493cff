using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Grant-SharedMemoryAccess: lets accounts use a shared memory.</summary>
[Cmdlet(VerbsSecurity.Grant, "SharedMemoryAccess", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class GrantSharedMemoryAccessCommand : AccessChangeCommand
{
    /// <summary>Accounts to let in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[] Account { get; set; } = [];

    /// <summary>How much they may do.</summary>
    [Parameter]
    public AccessRight Access { get; set; }

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        // A misspelt account must not leave those before it granted.
        foreach (string account in Account)
            MemoryAccess.PlanGrant(name, account, Access);

        // One after the other: each plan starts from the result of the one before.
        foreach (string account in Account)
            yield return MemoryAccess.PlanGrant(name, account, Access);
    }
}

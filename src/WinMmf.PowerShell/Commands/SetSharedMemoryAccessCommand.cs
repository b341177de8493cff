using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Set-SharedMemoryAccess: gives a shared memory the access that a new one would get.</summary>
[Cmdlet(VerbsCommon.Set, "SharedMemoryAccess", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = AccountsSet)]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class SetSharedMemoryAccessCommand : AccessChangeCommand
{
    private const string AccountsSet = "Accounts";
    private const string SddlSet = "Sddl";

    /// <summary>Accounts that may read it besides its owner; none for the safe default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = AccountsSet)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? ReadAccess { get; set; }

    /// <summary>Accounts that may also write and lock a plain memory.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = AccountsSet)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? WriteAccess { get; set; }

    /// <summary>A security descriptor's text in place of accounts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SddlSet)]
    [ValidateNotNullOrEmpty]
    public string Sddl { get; set; } = "";

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        yield return MemoryAccess.PlanSet(name, Wanted());
    }

    private AccessPolicy Wanted() => ParameterSetName == SddlSet ? AccessPolicy.FromSddl(Sddl)
        : ReadAccess is not null || WriteAccess is not null ? new AccessPolicy(ReadAccess ?? [], WriteAccess ?? [])
        : throw new WinMmfException(WinMmfErrorId.InvalidArgument,
            "Nothing says who may use it. Give -ReadAccess, -WriteAccess or -Sddl; -ReadAccess @() leaves the owner alone.");
}

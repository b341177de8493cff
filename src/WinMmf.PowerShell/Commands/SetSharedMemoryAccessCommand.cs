using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Set-SharedMemoryAccess: gives a shared memory the access that a new one would get.</summary>
[Cmdlet(VerbsCommon.Set, "SharedMemoryAccess", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = ReadersSet)]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class SetSharedMemoryAccessCommand : AccessChangeCommand
{
    private const string ReadersSet = "ReadAccess";
    private const string SddlSet = "Sddl";

    /// <summary>Accounts that may use it besides its owner; none for the safe default.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ReadersSet)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[] ReadAccess { get; set; } = [];

    /// <summary>A security descriptor's text in place of accounts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SddlSet)]
    [ValidateNotNullOrEmpty]
    public string Sddl { get; set; } = "";

    private protected override string Action => ParameterSetName == SddlSet ? $"Set the access to {Sddl}"
        : ReadAccess.Length == 0 ? "Set the access to nobody but the owner and administrators"
        : $"Set the access to the owner, administrators, and to read {string.Join(", ", ReadAccess)}";

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        yield return MemoryAccess.PlanSet(name, ParameterSetName == SddlSet ? AccessPolicy.FromSddl(Sddl) : new AccessPolicy(ReadAccess));
    }
}

using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.PowerShell;

/// <summary>Get-SharedMemoryAccess: shows who may use a shared memory.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryAccess")]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class GetSharedMemoryAccessCommand : WinMmfCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Write(new NameFilter(name)));
    }

    private void Write(NameFilter filter)
    {
        foreach (AccessReport report in AccessTargets.Find(filter, Scope))
        {
            StoppingToken.ThrowIfCancellationRequested();
            WriteObject(new SharedMemoryAccess(report));
        }
    }
}

/// <summary>Set-SharedMemoryAccess: gives a shared memory the access that a new one would get.</summary>
[Cmdlet(VerbsCommon.Set, "SharedMemoryAccess", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ReadersSet)]
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

    private protected override string Action => $"Grant {Access} to {string.Join(", ", Account)}";

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        // A misspelt account shall not leave those before it granted.
        foreach (string account in Account)
            MemoryAccess.PlanGrant(name, account, Access);

        // One after the other: each is planned on what the one before has made.
        foreach (string account in Account)
            yield return MemoryAccess.PlanGrant(name, account, Access);
    }
}

/// <summary>Revoke-SharedMemoryAccess: takes away what accounts were granted.</summary>
[Cmdlet(VerbsSecurity.Revoke, "SharedMemoryAccess", SupportsShouldProcess = true)]
[OutputType(typeof(SharedMemoryAccess))]
public sealed class RevokeSharedMemoryAccessCommand : AccessChangeCommand
{
    /// <summary>Accounts to leave out.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GrantedAccountCompleter))]
    public string[] Account { get; set; } = [];

    private protected override string Action => $"Revoke what was granted to {string.Join(", ", Account)}";

    private protected override IEnumerable<AccessPlan> Plan(SharedName name)
    {
        foreach (string account in Account)
            MemoryAccess.PlanRevoke(name, account);
        foreach (string account in Account)
            yield return MemoryAccess.PlanRevoke(name, account);
    }
}

/// <summary>Test-SharedMemoryAccess: says whether an account can use a shared memory, why not, and what mends it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SharedMemoryAccess")]
[OutputType(typeof(bool), typeof(SharedMemoryAccessTest))]
public sealed class TestSharedMemoryAccessCommand : WinMmfCommand
{
    private static readonly AccessUse[] AllUses = [AccessUse.Read, AccessUse.Write, AccessUse.Publish];

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The account; the caller if not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Account { get; set; }

    /// <summary>The session from which it comes (Windows); the caller's if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int? SessionId { get; set; }

    /// <summary>What it wants.</summary>
    [Parameter]
    public AccessUse Access { get; set; }

    /// <summary>Where to look; both scopes if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Write everything instead of one verdict.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Test(new NameFilter(name)));
    }

    private void Test(NameFilter filter)
    {
        bool isAsked = MyInvocation.BoundParameters.ContainsKey(nameof(Access));
        foreach (SharedName name in Names(filter))
        {
            StoppingToken.ThrowIfCancellationRequested();
            if (Detailed)
            {
                foreach (AccessUse use in isAsked ? [Access] : AllUses)
                    WriteObject(new SharedMemoryAccessTest(MemoryAccess.Predict(name, use, Account, SessionId)));
                continue;
            }

            AccessVerdict verdict = MemoryAccess.Predict(name, Access, Account, SessionId);
            string text = verdict.Remedy is null ? verdict.Message : $"{verdict.Message} Remedy: {verdict.Remedy}";
            if (verdict.IsAllowed)
                WriteVerbose(text);
            else
                WriteWarning(text);
            WriteObject(verdict.IsAllowed);
        }
    }

    /// <summary>What is there under the name; else the name as it would be looked for, which is also an answer.</summary>
    private List<SharedName> Names(NameFilter filter)
    {
        List<SharedName> names = [];
        try
        {
            foreach (AccessReport report in AccessTargets.Find(filter, Scope))
                names.Add(report.Name);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotFound)
        {
            names.Add(new SharedName(filter.Name, Scope ?? NameScope.Local));
        }

        // Who opens without a scope gets the Local one.
        if (!filter.IsPattern && names.Count > 1)
        {
            WarnIfInBothScopes(true, names[0]);
            names.RemoveRange(1, names.Count - 1);
        }

        return names;
    }
}

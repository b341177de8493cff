using System.Management.Automation;
using WinMmf.Management.Privileges;
using WinMmf.Security;

namespace WinMmf.PowerShell;

/// <summary>Get-SharedMemoryPrivilege: shows whether an account has the rights of the system that shared memory may need.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryPrivilege")]
[OutputType(typeof(SharedMemoryPrivilege))]
public sealed class GetSharedMemoryPrivilegeCommand : WinMmfCommand
{
    /// <summary>The privileges.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public SystemPrivilege[] Privilege { get; set; } = [SystemPrivilege.SeCreateGlobalPrivilege, SystemPrivilege.SeLockMemoryPrivilege];

    /// <summary>Accounts; this process's own if none is named.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReadAccessCompleter))]
    public string[]? Account { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? account in Account ?? [null!])
        {
            foreach (SystemPrivilege privilege in Privilege)
                Attempt(account, () => WriteObject(new SharedMemoryPrivilege(SystemPrivileges.Read(privilege, account))));
        }
    }
}

/// <summary>What Grant- and Revoke-SharedMemoryPrivilege share.</summary>
public abstract class ChangeSharedMemoryPrivilegeCommand : WinMmfCommand
{
    /// <summary>The privilege.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public SystemPrivilege Privilege { get; set; }

    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReadAccessCompleter))]
    public string[] Account { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string account in Account)
            Attempt(account, () => Change(account));
    }

    private protected abstract void Change(string account);
}

/// <summary>Grant-SharedMemoryPrivilege: assigns a right of the system to an account.</summary>
[Cmdlet(VerbsSecurity.Grant, "SharedMemoryPrivilege", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SharedMemoryPrivilege))]
public sealed class GrantSharedMemoryPrivilegeCommand : ChangeSharedMemoryPrivilegeCommand
{
    private protected override void Change(string account)
    {
        SystemPrivileges.ThrowIfFixed(Privilege);

        // Before the question, so that it is answered knowing this.
        WriteWarning(SystemPrivileges.GetAdvice(Privilege));
        if (!ShouldProcess(account, $"Assign {Privilege}"))
            return;
        PrivilegeReport report = SystemPrivileges.Grant(Privilege, account);
        WriteWarning($"{report.Account} has {Privilege} from its next sign-in on; what runs now, services too, has to be started again.");
        WriteObject(new SharedMemoryPrivilege(report));
    }
}

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

using System.Management.Automation;
using WinMmf.Management.Privileges;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

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
    [ArgumentCompleter(typeof(AccountCompleter))]
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

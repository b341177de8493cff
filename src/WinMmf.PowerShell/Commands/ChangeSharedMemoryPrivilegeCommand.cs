using System.Management.Automation;
using WinMmf.PowerShell.Completion;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>What Grant- and Revoke-SharedMemoryPrivilege share.</summary>
public abstract class ChangeSharedMemoryPrivilegeCommand : WinMmfCommand
{
    /// <summary>The privilege.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public SystemPrivilege Privilege { get; set; }

    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[] Account { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string account in Account)
            Attempt(account, () => Change(account));
    }

    private protected abstract void Change(string account);
}

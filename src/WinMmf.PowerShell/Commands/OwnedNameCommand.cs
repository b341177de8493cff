using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that uses what a name bears, and can be told whose that must be: every account may take a free name.</summary>
public abstract class OwnedNameCommand : WaitingCommand
{
    private readonly HashSet<SharedName> _told = [];

    /// <summary>The account that it must belong to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public virtual string? Owner { get; set; }

    /// <summary>Tells an administrator once whose channel is read, where that is another account's.</summary>
    private protected void WarnIfForeignOwner(string ownerId, SharedName name)
    {
        if (Owner is null && OwnerTrust.FindForeign(ownerId) is string owner && _told.Add(name))
            WriteWarning($"{name} belongs to {owner}, who decides what it shows. -Owner says that this is meant, and accepts no other.");
    }
}

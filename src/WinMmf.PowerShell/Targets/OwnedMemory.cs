using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.PowerShell.Targets;

/// <summary>Opens plain memories as a cmdlet is told whose they must be.</summary>
internal static class OwnedMemory
{
    /// <summary>Opens one; an administrator has to name the owner of one that others may write.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="writable">For writing too.</param>
    /// <param name="owner">The account that it must belong to; null: any that is no danger.</param>
    /// <exception cref="WinMmfException">OwnerNotNamed, WrongOwner, and all that opening reports.</exception>
    public static NamedMemory Open(Target target, bool writable, string? owner)
    {
        foreach (SharedName name in target.Exactly())
            Check(name, owner);

        NamedMemory memory = NamedMemory.Open(target.Name, target.Scope, writable, owner);
        bool keep = false;
        try
        {
            // What was looked at may have been another one: its owner can remove it, and any account can take the name then.
            if (owner is null)
                OwnerTrust.CheckOpened(memory);
            keep = true;
            return memory;
        }
        finally
        {
            if (!keep)
                memory.Dispose();
        }
    }

    /// <summary>The same check for one that is opened elsewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="owner">The account that it must belong to; null: any that is no danger.</param>
    /// <exception cref="WinMmfException">OwnerNotNamed, WrongOwner.</exception>
    public static void Check(SharedName name, string? owner)
    {
        if (owner is null)
            OwnerTrust.CheckPlainMemory(name);
        else
            OwnerTrust.CheckOwner(name, owner);
    }
}

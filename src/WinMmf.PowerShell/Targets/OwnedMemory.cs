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
    public static NamedMemory Open(Target target, bool writable, string? owner) =>
        OwnerTrust.OpenMemory(target.Name, target.Scope, writable, owner);

    /// <summary>The same of a name in a scope.</summary>
    /// <exception cref="WinMmfException">As the other.</exception>
    public static NamedMemory Open(SharedName name, bool writable, string? owner) =>
        OwnerTrust.OpenMemory(name.Name, name.Scope, writable, owner);
}

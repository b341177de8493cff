using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;

namespace WinMmf.Access;

/// <summary>What an administrator ought to know about the owner of a name before using it.</summary>
internal static class OwnerTrust
{
    /// <summary>
    /// The owner by name, if this process has an administrator's rights and the owner is neither its own account nor an administrator;
    /// null otherwise.
    /// </summary>
    /// <param name="ownerId">As sections tell their owner; empty: it is not told, so it may be any account.</param>
    public static string? FindForeign(string ownerId) => FindForeign(PlatformServices.Current.Access, ownerId);

    /// <summary>True for this account and the administrators: what those say may be followed.</summary>
    /// <param name="ownerId">As sections tell their owner; empty: it is not told, so it may be any account.</param>
    public static bool IsTrusted(string ownerId) => ownerId.Length > 0 && PlatformServices.Current.Access.IsOwnOrAdministrator(ownerId);

    /// <summary>An account as sections tell their owner; null for null.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument.</exception>
    public static string? Resolve(string? account) => account is null ? null : PlatformServices.Current.Access.ResolveOwner(account);

    /// <summary>Opens a plain memory of the account that is named; where none is, of one that is no danger to an administrator.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="writable">For writing too.</param>
    /// <param name="owner">The account that it must belong to; null: any that is no danger.</param>
    /// <exception cref="WinMmfException">OwnerNotNamed, WrongOwner, and all that opening reports.</exception>
    public static NamedMemory OpenMemory(string name, NameScope? scope, bool writable, string? owner)
    {
        IPlatform platform = PlatformServices.Current;
        return NamedMemory.Open(platform, name, scope, writable, RuleFor(platform, owner));
    }

    /// <summary>Opens a plain memory for writing that this account had made a moment ago.</summary>
    /// <exception cref="WinMmfException">ForeignOwner, and all that opening reports.</exception>
    public static NamedMemory OpenOwn(SharedName name)
    {
        IPlatform platform = PlatformServices.Current;
        return NamedMemory.Open(platform, name.Name, name.Scope, writable: true, new OwnAccountRule(platform));
    }

    /// <summary>Whose a plain memory may be.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument.</exception>
    public static IOwnerRule RuleFor(IPlatform platform, string? owner) =>
        OwnerPin.For(platform, owner) ?? (IOwnerRule)new UnnamedOwner(platform);

    /// <inheritdoc cref="FindForeign(string)"/>
    internal static string? FindForeign(IAccessStore accounts, string ownerId)
    {
        if (!accounts.IsElevated || (ownerId.Length > 0 && accounts.IsOwnOrAdministrator(ownerId)))
            return null;
        return ownerId.Length == 0 ? OwnerPin.Untold : accounts.NameOfOwner(ownerId);
    }
}

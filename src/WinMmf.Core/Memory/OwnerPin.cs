using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Memory;

/// <summary>
/// The account that a name must belong to. Names are free for all, so a name alone says nothing about who made what bears it.
/// </summary>
internal sealed class OwnerPin : IOwnerRule
{
    /// <summary>An owner that the system does not tell: the access list keeps even that back.</summary>
    public const string Untold = "an account that may not be asked for";

    private readonly IPlatform _platform;
    private readonly string _ownerId;

    private OwnerPin(IPlatform platform, string ownerId)
    {
        _platform = platform;
        _ownerId = ownerId;
    }

    /// <summary>The pin that is meant; null if every owner is accepted.</summary>
    /// <exception cref="WinMmfException">UnknownAccount; InvalidArgument: it is no single account.</exception>
    public static OwnerPin? For(IPlatform platform, string? account) =>
        string.IsNullOrWhiteSpace(account) ? null : new OwnerPin(platform, platform.Access.ResolveOwner(account!));

    /// <summary>Refuses what belongs to another account.</summary>
    /// <exception cref="WinMmfException">WrongOwner.</exception>
    public void Check(SharedSection section, SharedName name)
    {
        if (section.Owner == _ownerId)
            return;
        string owner = section.Owner.Length == 0 ? Untold : _platform.Access.NameOfOwner(section.Owner);
        string wanted = _platform.Access.NameOfOwner(_ownerId);
        throw new WinMmfException(
            WinMmfErrorId.WrongOwner,
            $"{name} belongs to {owner}, not to {wanted}.",
            name.ToFacts() with { Owner = owner, Account = wanted });
    }
}

using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Memory;

/// <summary>Accepts only what this account made: for a caller that had it made a moment ago.</summary>
internal sealed class OwnAccountRule : IOwnerRule
{
    private readonly IPlatform _platform;

    public OwnAccountRule(IPlatform platform) => _platform = platform;

    /// <inheritdoc/>
    /// <exception cref="WinMmfException">ForeignOwner.</exception>
    public void Check(SharedSection section, SharedName name)
    {
        if (section.IsOwnedByCaller)
            return;
        string owner = section.Owner.Length == 0 ? OwnerPin.Untold : _platform.Access.NameOfOwner(section.Owner);
        throw new WinMmfException(
            WinMmfErrorId.ForeignOwner,
            $"{name} belongs to {owner}, who took the name meanwhile. Choose another name.",
            name.ToFacts() with { Owner = owner });
    }
}

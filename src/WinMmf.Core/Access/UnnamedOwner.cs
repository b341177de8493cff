using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Access;

/// <summary>
/// Refuses a plain memory that an administrator uses without saying whose it is although others may write it: they decide what it says, and
/// on Linux can end a process that has it mapped, by cutting it short.
/// </summary>
internal sealed class UnnamedOwner : IOwnerRule
{
    private readonly IPlatform _platform;

    public UnnamedOwner(IPlatform platform) => _platform = platform;

    /// <inheritdoc/>
    /// <exception cref="WinMmfException">OwnerNotNamed.</exception>
    public void Check(SharedSection section, SharedName name)
    {
        bool isTrusted = _platform.Access.IsOwnOrAdministrator(section.Owner);
        if (!_platform.Access.IsElevated || (isTrusted && !section.CanOthersWrite))
            return;
        string owner = section.Owner.Length == 0 ? OwnerPin.Untold : _platform.Access.NameOfOwner(section.Owner);
        throw new WinMmfException(
            WinMmfErrorId.OwnerNotNamed,
            section.CanOthersWrite
                ? $"{name} of {owner} may be written by others, who can so end every program that uses it."
                : $"{name} belongs to {owner}, who decides what is in it and may end programs that use it.",
            name.ToFacts() with { Owner = owner });
    }
}

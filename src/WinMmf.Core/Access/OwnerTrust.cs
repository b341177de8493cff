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
    /// <param name="ownerId">As sections tell their owner; empty: unknown.</param>
    public static string? FindForeign(string ownerId)
    {
        IAccessStore accounts = PlatformServices.Current.Access;
        return ownerId.Length == 0 || !accounts.IsElevated || accounts.IsOwnOrAdministrator(ownerId) ? null : accounts.NameOfOwner(ownerId);
    }

    /// <summary>An account as sections tell their owner; null for null.</summary>
    /// <exception cref="WinMmfException">UnknownAccount, InvalidArgument.</exception>
    public static string? Resolve(string? account) => account is null ? null : PlatformServices.Current.Access.ResolveOwner(account);

    /// <summary>
    /// Refuses a plain memory that an administrator uses without saying whose it is although others may write it: they decide what it says,
    /// and on Linux can end whoever has it mapped by cutting it short. Only looks, and maps nothing.
    /// </summary>
    /// <exception cref="WinMmfException">OwnerNotNamed.</exception>
    public static void CheckPlainMemory(SharedName name)
    {
        IPlatform platform = PlatformServices.Current;
        if (!platform.Access.IsElevated)
            return;
        using SharedSection? memory = TryLook(platform, name);
        if (memory is null || (platform.Access.IsOwnOrAdministrator(memory.Owner) && !memory.CanOthersWrite))
            return;
        string owner = platform.Access.NameOfOwner(memory.Owner);
        throw memory.CanOthersWrite
            ? new WinMmfException(
                WinMmfErrorId.OwnerNotNamed,
                $"{name} of {owner} may be written by others, who can so end every program that uses it.",
                name.ToFacts() with { Owner = owner })
            : BelongsTo(name, owner);
    }

    /// <summary>The same of one that has been opened, whatever was looked at before.</summary>
    /// <exception cref="WinMmfException">OwnerNotNamed.</exception>
    public static void CheckOpened(NamedMemory memory)
    {
        if (FindForeign(memory.OwnerId) is string owner)
            throw BelongsTo(memory.Name, owner);
    }

    /// <summary>Refuses what exists and belongs to another account. Only looks, and maps nothing.</summary>
    /// <exception cref="WinMmfException">WrongOwner, UnknownAccount, InvalidArgument.</exception>
    public static void CheckOwner(SharedName name, string owner)
    {
        IPlatform platform = PlatformServices.Current;
        OwnerPin? pin = OwnerPin.For(platform, owner);
        using SharedSection? memory = TryLook(platform, name);
        if (memory is not null)
            pin?.Check(memory, name);
    }

    private static WinMmfException BelongsTo(SharedName name, string owner) => new(
        WinMmfErrorId.OwnerNotNamed,
        $"{name} belongs to {owner}, who decides what is in it and may end programs that use it.",
        name.ToFacts() with { Owner = owner });

    private static SharedSection? TryLook(IPlatform platform, SharedName name)
    {
        try
        {
            return platform.Sections.TryLook(name);
        }
        catch (WinMmfException)
        {
            // Opening it says why.
            return null;
        }
    }
}

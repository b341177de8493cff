using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;

namespace WinMmf.Capture;

/// <summary>Judges the memory that frames are to be mirrored into: by its name before, and by what was opened when it counts.</summary>
public static class MirrorTarget
{
    /// <summary>
    /// True where another account could cut the memory short while it is mapped, which would end the publisher: there it is written by a
    /// process of its own.
    /// </summary>
    /// <param name="name">The memory.</param>
    /// <param name="access">Accounts that it will be opened to, if it is made new.</param>
    /// <exception cref="WinMmfException">WrongObjectType, AccessDenied.</exception>
    public static bool IsDangerous(SharedName name, IReadOnlyList<string> access)
    {
        IPlatform platform = PlatformServices.Current;
        using SharedSection? there = platform.Sections.CanBeCutShort ? platform.Sections.TryLook(name) : null;
        return there is null ? platform.Sections.CanBeCutShort && access.Count > 0 : CanBeCutShort(platform, there);
    }

    /// <summary>Refuses a memory that an account made which was not named: it would get to see what it may not read.</summary>
    /// <exception cref="WinMmfException">ForeignOwner.</exception>
    public static void CheckOwner(SharedName name, IReadOnlyList<string> access)
    {
        IPlatform platform = PlatformServices.Current;
        using SharedSection? there = platform.Sections.TryLook(name);
        if (there is not null)
            CheckOwner(platform, there, name, access);
    }

    /// <summary>The same for the memory that is opened.</summary>
    /// <param name="access">Accounts that were named.</param>
    /// <param name="isAlone">True in a process of its own, which may die.</param>
    internal static IOwnerRule RuleFor(IReadOnlyList<string> access, bool isAlone) => new Rule(PlatformServices.Current, access, isAlone);

    private static bool CanBeCutShort(IPlatform platform, SharedSection section) =>
        platform.Sections.CanBeCutShort && (section.CanOthersWrite || !platform.Access.IsOwnOrAdministrator(section.Owner));

    private static void CheckOwner(IPlatform platform, SharedSection section, SharedName name, IReadOnlyList<string> access)
    {
        if (platform.Access.IsOwnOrAdministrator(section.Owner))
            return;
        foreach (string account in access)
        {
            if (IsOwner(platform, account, section.Owner))
                return;
        }

        string owner = section.Owner.Length == 0 ? OwnerPin.Untold : platform.Access.NameOfOwner(section.Owner);
        throw new WinMmfException(
            WinMmfErrorId.ForeignOwner,
            $"{name} was made by {owner}, who would see every frame. If that is meant, name the account as one that may open the mirror.",
            name.ToFacts() with { Owner = owner });
    }

    private static bool IsOwner(IPlatform platform, string account, string ownerId)
    {
        try
        {
            return platform.Access.ResolveOwner(account) == ownerId;
        }
        catch (WinMmfException)
        {
            // A group, or a word for many accounts: it names no single account.
            return false;
        }
    }

    private sealed class Rule(IPlatform platform, IReadOnlyList<string> access, bool isAlone) : IOwnerRule
    {
        public void Check(SharedSection section, SharedName name)
        {
            CheckOwner(platform, section, name, access);
            if (isAlone || !CanBeCutShort(platform, section))
                return;
            throw new WinMmfException(
                WinMmfErrorId.ForeignOwner,
                $"{name} was made anew, or opened to other accounts, while the publisher started. Start it again.",
                name.ToFacts() with { Owner = platform.Access.NameOfOwner(section.Owner) });
        }
    }
}

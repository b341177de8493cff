using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;

namespace WinMmf.Capture;

/// <summary>Judges, by looking only, the memory that frames are to be mirrored into.</summary>
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
        if (!platform.Sections.CanBeCutShort)
            return false;
        using SharedSection? there = platform.Sections.TryLook(name);
        return there is null ? access.Count > 0 : there.CanOthersWrite || !platform.Access.IsOwnOrAdministrator(there.Owner);
    }

    /// <summary>Refuses a memory that an account made which was not named: it would get to see what it may not read.</summary>
    /// <exception cref="WinMmfException">ForeignOwner.</exception>
    public static void CheckOwner(SharedName name, IReadOnlyList<string> access)
    {
        IPlatform platform = PlatformServices.Current;
        using SharedSection? there = platform.Sections.TryLook(name);
        if (there is null || platform.Access.IsOwnOrAdministrator(there.Owner))
            return;
        foreach (string account in access)
        {
            if (IsOwner(platform, account, there.Owner))
                return;
        }

        string owner = platform.Access.NameOfOwner(there.Owner);
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
            // A group, or a word for many: it names nobody.
            return false;
        }
    }
}

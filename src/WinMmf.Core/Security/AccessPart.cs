using System;
using WinMmf.Names;

namespace WinMmf.Security;

/// <summary>What the objects of a name are called, and what kind they are, by their suffixes.</summary>
internal static class AccessPart
{
    public const string Memory = "memory";
    public const string Control = "control";
    public const string Pixels = "pixels";
    public const string Registry = "registry";
    public const string Holders = "holders";
    public const string Owner = "owner";
    public const string Wake = "wake";
    public const string Door = "door";
    public const string Locks = "locks";

    /// <summary>The part of a suffix; a number, where there is one, behind a blank.</summary>
    public static string NameOf(string suffix, bool isChannel)
    {
        if (suffix.Length == 0)
            return isChannel ? Control : Memory;
        return suffix.Substring(1).Replace('.', ' ');
    }

    /// <summary>
    /// The kind of a suffix's object; null for a plain memory's wake-up events, which any account may set and which follow no policy.
    /// </summary>
    public static ObjectKind? KindOf(string suffix, bool isChannel)
    {
        if (suffix.Length == 0)
            return isChannel ? ObjectKind.PublisherSection : ObjectKind.LockedMemory;
        if (suffix == SharedName.RegistrySuffix)
            return ObjectKind.Registry;
        if (suffix == SharedName.HoldersSuffix)
            return ObjectKind.LockedMemory;
        if (suffix == SharedName.OwnerSuffix)
            return ObjectKind.Ownership;
        if (suffix.StartsWith("." + Pixels, StringComparison.Ordinal))
            return ObjectKind.PublisherSection;
        return isChannel ? ObjectKind.WakeEvent : null;
    }

    /// <summary>Linux: the kind of a file in a folder by its name; null for one that follows no policy.</summary>
    public static ObjectKind? KindOfPart(string name) =>
        name.StartsWith(Pixels + ".", StringComparison.Ordinal) ? ObjectKind.PublisherSection
        : name.StartsWith(Door + ".", StringComparison.Ordinal) ? ObjectKind.Door
        : name == Locks ? ObjectKind.Locks
        : null;

    /// <summary>True for what only a channel has.</summary>
    public static bool IsOfChannel(string suffix) =>
        suffix == SharedName.RegistrySuffix || suffix.StartsWith("." + Pixels, StringComparison.Ordinal);
}

using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using WinMmf.Errors;

namespace WinMmf.Security;

/// <summary>
/// Who may use an object: its creator (with SYSTEM and Administrators, or root) in full, and the accounts in
/// <see cref="Readers"/> to read, those in <see cref="Writers"/> to read and write. One policy is applied to every object of a
/// channel, from its creation on.
/// </summary>
public sealed class AccessPolicy
{
    /// <summary>The safe default: the creator, SYSTEM and Administrators (Linux: the creator and root).</summary>
    public static AccessPolicy Private { get; } = new(Array.Empty<string>());

    /// <summary>Makes a policy.</summary>
    /// <param name="readers">
    /// Accounts that may read. Language-neutral words: <c>Everyone</c>, <c>Users</c> (all signed-in users; on Linux the
    /// same as Everyone), <c>Interactive</c>, <c>Administrators</c>, <c>System</c>. Otherwise a SID (<c>S-1-5-…</c>) or an account
    /// name on Windows, a group name (also <c>group:NAME</c>) on Linux.
    /// </param>
    public AccessPolicy(IEnumerable<string> readers)
        : this(readers, [])
    {
    }

    /// <summary>Makes a policy for a plain memory. A channel is written by its publisher alone and refuses writers.</summary>
    /// <param name="readers">Accounts that may read it; without its lock, because taking a lock is a write.</param>
    /// <param name="writers">Accounts that may read, write and lock it, named in the same way.</param>
    public AccessPolicy(IEnumerable<string> readers, IEnumerable<string> writers)
    {
        Readers = Accounts(readers ?? throw new ArgumentNullException(nameof(readers)), "read");
        Writers = Accounts(writers ?? throw new ArgumentNullException(nameof(writers)), "write");
    }

    private AccessPolicy(string? sddl, int? permissions, uint? groupId)
        : this(Array.Empty<string>())
    {
        Sddl = sddl;
        Permissions = permissions;
        GroupId = groupId;
    }

    /// <summary>Makes a policy from a security descriptor's text, which speaks of the section that bears the plain name.</summary>
    /// <param name="sddl">
    /// SDDL with an access list, such as <c>D:P(A;;GA;;;SY)(A;;GR;;;BU)</c>. What it lets an account do with the section (read,
    /// write, everything) it lets that account do with the memory's other objects, in their own rights. Windows only.
    /// </param>
    /// <exception cref="WinMmfException">InvalidArgument if it is empty. What it says is checked when it is used.</exception>
    public static AccessPolicy FromSddl(string sddl) => string.IsNullOrWhiteSpace(sddl)
        ? throw new WinMmfException(
            WinMmfErrorId.InvalidArgument, "The security descriptor is empty. Its text is such as D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GR;;;BU).")
        : new AccessPolicy(sddl.Trim(), null, null);

    /// <summary>Makes a policy from the two ways to say it, of which one at most may be used.</summary>
    /// <param name="readers">Accounts that may read.</param>
    /// <param name="writers">Accounts that may read, write and lock.</param>
    /// <param name="sddl">A security descriptor's text; null or empty: none.</param>
    /// <exception cref="WinMmfException">InvalidArgument for both at once.</exception>
    public static AccessPolicy From(IReadOnlyCollection<string> readers, IReadOnlyCollection<string> writers, string? sddl)
    {
        if (string.IsNullOrWhiteSpace(sddl))
            return new AccessPolicy(readers, writers);
        if (readers.Count > 0 || writers.Count > 0)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                "A security descriptor and accounts that may read or write were given, and the descriptor says everything about access.");
        }

        return FromSddl(sddl!);
    }

    /// <summary>Accounts that may read; empty for the safe default.</summary>
    public IReadOnlyList<string> Readers { get; }

    /// <summary>Accounts that may also write and lock a plain memory; empty for the safe default.</summary>
    public IReadOnlyList<string> Writers { get; }

    /// <summary>The security descriptor's text; null where the accounts say it all.</summary>
    public string? Sddl { get; }

    /// <summary>True if it says more than the safe default.</summary>
    internal bool IsExplicit => Readers.Count > 0 || Writers.Count > 0 || Sddl is not null;

    /// <summary>Linux: the mode of an existing publisher's section, to be taken over as it is.</summary>
    internal int? Permissions { get; }

    /// <summary>Linux: its group.</summary>
    internal uint? GroupId { get; }

    /// <summary>What an existing publisher's section has.</summary>
    internal static AccessPolicy FromMode(int permissions, uint groupId) => new(null, permissions, groupId);

    /// <summary>Refuses writers for an object of a channel, which all of its readers trust to be its publisher's alone.</summary>
    /// <exception cref="WinMmfException">InvalidAccess.</exception>
    internal void ThrowIfChannelHasWriters(ObjectKind kind)
    {
        if (Writers.Count > 0 && kind is ObjectKind.PublisherSection or ObjectKind.Registry or ObjectKind.Door or ObjectKind.WakeEvent)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidAccess,
                "A frame channel is written by its publisher alone. Let these accounts read it; reading is all that a reader needs.");
        }
    }

    private static ReadOnlyCollection<string> Accounts(IEnumerable<string> accounts, string right)
    {
        List<string> list = new();
        foreach (string account in accounts)
        {
            if (string.IsNullOrWhiteSpace(account))
                throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"The name of an account that is to {right} is empty.");
            list.Add(account.Trim());
        }

        return list.AsReadOnly();
    }
}

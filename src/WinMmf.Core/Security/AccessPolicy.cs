using System;
using System.Collections.Generic;
using WinMmf.Errors;

namespace WinMmf.Security;

/// <summary>
/// Who may use an object: its creator (with SYSTEM and Administrators, or root) in full, and the accounts in
/// <see cref="Readers"/> to read. One policy is applied to every object of a channel, from its creation on.
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
    {
        List<string> list = new();
        foreach (string reader in readers ?? throw new ArgumentNullException(nameof(readers)))
        {
            if (string.IsNullOrWhiteSpace(reader))
                throw new WinMmfException(WinMmfErrorId.InvalidArgument, "The name of an account that shall get read access is empty.");
            list.Add(reader.Trim());
        }

        Readers = list.AsReadOnly();
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
    /// <param name="sddl">A security descriptor's text; null or empty: none.</param>
    /// <exception cref="WinMmfException">InvalidArgument for both at once.</exception>
    public static AccessPolicy From(IReadOnlyCollection<string> readers, string? sddl)
    {
        if (string.IsNullOrWhiteSpace(sddl))
            return new AccessPolicy(readers);
        if (readers.Count > 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "A security descriptor and accounts that may read were given, and the descriptor says everything about access.");
        return FromSddl(sddl!);
    }

    /// <summary>Accounts that may read; empty for the safe default.</summary>
    public IReadOnlyList<string> Readers { get; }

    /// <summary>The security descriptor's text; null where the accounts say it all.</summary>
    public string? Sddl { get; }

    /// <summary>True if it says more than the safe default.</summary>
    internal bool IsExplicit => Readers.Count > 0 || Sddl is not null;

    /// <summary>Linux: the mode of an existing publisher's section, to be taken over as it is.</summary>
    internal int? Permissions { get; }

    /// <summary>Linux: its group.</summary>
    internal uint? GroupId { get; }

    /// <summary>What an existing publisher's section has.</summary>
    internal static AccessPolicy FromMode(int permissions, uint groupId) => new(null, permissions, groupId);
}

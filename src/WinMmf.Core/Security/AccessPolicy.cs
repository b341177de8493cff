using System;
using System.Collections.Generic;
using WinMmf.Diagnostics;

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
                throw new WinMmfException(WinMmfErrorId.InvalidArgument, "An account to give read access to is empty. Name an account, a SID, or a word such as Users.");
            list.Add(reader.Trim());
        }

        Readers = list.AsReadOnly();
    }

    /// <summary>Accounts that may read; empty for the safe default.</summary>
    public IReadOnlyList<string> Readers { get; }
}

using System.Collections.Generic;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.PowerShell.Advice;

/// <summary>
/// What a change of access does, in words for -WhatIf and -Confirm: computed from the change, and not from the parameters.
/// </summary>
internal static class AccessText
{
    /// <summary>A plan, as a sentence without its end.</summary>
    /// <param name="plan">The plan, with at least one step.</param>
    /// <param name="kind">What its name means.</param>
    public static string Describe(AccessPlan plan, SharedMemoryKind kind)
    {
        List<string> parts = [];
        foreach (AccessRightChange change in plan.Changes)
        {
            parts.Add(change.After is not AccessRight after ? $"leave {change.Account} out"
                : change.Before is AccessRight before ? $"let {change.Account} {Verb(after, kind)}, and no longer {Verb(before, kind)}"
                : $"let {change.Account} {Verb(after, kind)}");
        }

        return parts.Count == 0 ? "Make all its objects grant the same" : Sentence(parts);
    }

    /// <summary>What a new object grants, as the end of a sentence; empty if it grants nothing.</summary>
    public static string Describe(
        IReadOnlyCollection<string> readers, IReadOnlyCollection<string> writers, string? sddl, SharedMemoryKind kind)
    {
        string read = readers.Count == 0 ? "" : $", let {string.Join(", ", readers)} {Verb(AccessRight.Read, kind)}";
        string write = writers.Count == 0 ? "" : $", let {string.Join(", ", writers)} {Verb(AccessRight.Write, kind)}";
        return $"{read}{write}{(sddl is null ? "" : $", with the access {sddl}")}";
    }

    private static string Verb(AccessRight right, SharedMemoryKind kind) => right switch
    {
        AccessRight.Read => kind == SharedMemoryKind.Memory ? "read without the lock" : "read",
        AccessRight.Write => kind == SharedMemoryKind.Memory ? "read, write and lock" : "write",
        _ => "do everything, and change the access",
    };

    private static string Sentence(List<string> parts)
    {
        string text = string.Join("; ", parts);
        return char.ToUpperInvariant(text[0]) + text.Substring(1);
    }
}

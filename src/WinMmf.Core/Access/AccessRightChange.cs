using System.Collections.Generic;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>What a plan changes for one account.</summary>
internal sealed class AccessRightChange
{
    private AccessRightChange(AccessEntry entry, AccessRight? before, AccessRight? after)
    {
        Account = entry.Account;
        Before = before;
        After = after;
    }

    /// <summary>The account by name.</summary>
    public string Account { get; }

    /// <summary>What it may do now; null: nothing.</summary>
    public AccessRight? Before { get; }

    /// <summary>What it may do afterwards; null: nothing.</summary>
    public AccessRight? After { get; }

    /// <summary>The differences between two lists of entries.</summary>
    internal static IReadOnlyList<AccessRightChange> Between(IReadOnlyList<AccessEntry> before, IReadOnlyList<AccessEntry> after)
    {
        List<AccessRightChange> changes = new();
        foreach (AccessEntry entry in after)
        {
            AccessRight? had = RightIn(before, entry.Id);
            if (entry.IsAllowed && entry.Right != had)
                changes.Add(new AccessRightChange(entry, had, entry.Right));
        }

        foreach (AccessEntry entry in before)
        {
            if (entry.IsAllowed && entry.Right is not null && !Has(after, entry.Id))
                changes.Add(new AccessRightChange(entry, entry.Right, null));
        }

        return changes;
    }

    private static bool Has(IReadOnlyList<AccessEntry> entries, string id)
    {
        foreach (AccessEntry entry in entries)
        {
            if (entry.IsAllowed && entry.Id == id)
                return true;
        }

        return false;
    }

    private static AccessRight? RightIn(IReadOnlyList<AccessEntry> entries, string id)
    {
        foreach (AccessEntry entry in entries)
        {
            if (entry.IsAllowed && entry.Id == id)
                return entry.Right;
        }

        return null;
    }
}

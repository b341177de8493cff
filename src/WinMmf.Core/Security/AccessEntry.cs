using System.Globalization;

namespace WinMmf.Security;

/// <summary>One entry of an object's access list; on Linux one class of its mode.</summary>
public sealed class AccessEntry
{
    internal AccessEntry(string account, string id, bool isAllowed, AccessRight? right, uint mask)
    {
        Account = account;
        Id = id;
        IsAllowed = isAllowed;
        Right = right;
        Mask = mask;
    }

    /// <summary>The account by name, as far as one is known.</summary>
    public string Account { get; }

    /// <summary>Its SID; on Linux a user's number, <c>group:NAME</c> or <c>Everyone</c>.</summary>
    public string Id { get; }

    /// <summary>False for an entry that denies.</summary>
    public bool IsAllowed { get; }

    /// <summary>The highest right that the entry is enough for; null if it is less than reading, or something else.</summary>
    public AccessRight? Right { get; }

    /// <summary>The rights as the system counts them: an access mask; on Linux 4 to read, 2 to write.</summary>
    public uint Mask { get; }

    /// <summary>Text for display: the account and its right.</summary>
    public override string ToString() =>
        $"{Account}: {(IsAllowed ? "" : "not ")}{Right?.ToString() ?? "0x" + Mask.ToString("x", CultureInfo.InvariantCulture)}";
}

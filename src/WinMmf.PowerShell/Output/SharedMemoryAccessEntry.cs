using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>What one account may do with a memory, by one object's access list.</summary>
public sealed class SharedMemoryAccessEntry
{
    private readonly string _text;

    internal SharedMemoryAccessEntry(AccessEntry entry)
    {
        Account = entry.Account;
        Id = entry.Id;
        IsAllowed = entry.IsAllowed;
        Right = entry.Right?.ToString();
        Mask = entry.Mask;
        _text = entry.ToString();
    }

    /// <summary>The account by name.</summary>
    public string Account { get; }

    /// <summary>Its SID; on Linux its number or its group.</summary>
    public string Id { get; }

    /// <summary>False for an entry that denies.</summary>
    public bool IsAllowed { get; }

    /// <summary>Read, Write or Full; nothing where the bits make none of these.</summary>
    public string? Right { get; }

    /// <summary>The bits.</summary>
    public uint Mask { get; }

    /// <summary>Text for display.</summary>
    public override string ToString() => _text;
}

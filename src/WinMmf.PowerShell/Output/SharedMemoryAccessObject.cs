using System.Linq;
using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>One of the objects that a memory or channel consists of, with its access list.</summary>
public sealed class SharedMemoryAccessObject
{
    private readonly string _text;

    internal SharedMemoryAccessObject(AccessObject part)
    {
        Part = part.Part;
        FullName = part.FullName;
        Error = part.Error?.Message;
        _text = part.ToString();
        Owner = part.Owner;
        OwnerId = part.OwnerId;
        Descriptor = part.Descriptor;
        Entries = [.. part.Entries.Select(static entry => new SharedMemoryAccessEntry(entry))];
    }

    /// <summary>Which part it is.</summary>
    public string Part { get; }

    /// <summary>Its name in the system.</summary>
    public string FullName { get; }

    /// <summary>Its owner; empty if that may not be seen.</summary>
    public string Owner { get; }

    /// <summary>The owner's SID; its number on Linux.</summary>
    public string OwnerId { get; }

    /// <summary>Its descriptor: SDDL, on Linux mode and group.</summary>
    public string Descriptor { get; }

    /// <summary>Who may do what.</summary>
    public SharedMemoryAccessEntry[] Entries { get; }

    /// <summary>Why its access cannot be read.</summary>
    public string? Error { get; }

    /// <summary>Text for display.</summary>
    public override string ToString() => _text;
}

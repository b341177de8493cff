using WinMmf.Errors;

namespace WinMmf.Management.Platform;

/// <summary>What can be known of another program's section without opening it to read.</summary>
internal sealed class ForeignSection
{
    public ForeignSection(long size, string? owner, WinMmfException? refusal)
    {
        Size = size;
        Owner = owner;
        Refusal = refusal;
    }

    /// <summary>Bytes; 0 if unknown.</summary>
    public long Size { get; }

    /// <summary>The account that it belongs to; null if unknown.</summary>
    public string? Owner { get; }

    /// <summary>Why it could not be asked; null if it could.</summary>
    public WinMmfException? Refusal { get; }
}

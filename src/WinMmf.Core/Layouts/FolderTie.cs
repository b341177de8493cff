namespace WinMmf.Layouts;

/// <summary>Linux: by which an object names the folder of its parts, <c>winmmf-UID-RANDOM</c>; empty on Windows.</summary>
internal readonly struct FolderTie
{
    public FolderTie(uint userId, string random)
    {
        UserId = userId;
        Random = random;
    }

    /// <summary>No folder.</summary>
    public static FolderTie None => new(0, "");

    public uint UserId { get; }

    /// <summary>16 characters of 0-9a-f, unchecked where it was read.</summary>
    public string Random { get; }

    public bool IsSame(FolderTie other) => UserId == other.UserId && string.Equals(Random, other.Random, System.StringComparison.Ordinal);
}

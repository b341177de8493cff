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

    /// <summary>The folder's name; for callers that have checked what it names.</summary>
    public string FolderName => string.Format(System.Globalization.CultureInfo.InvariantCulture, "winmmf-{0}-{1}", UserId, Random);

    /// <summary>
    /// True if an object with this folder may name that end point: on Linux only the one in its own folder (protocol 9.2); on Windows
    /// this says nothing.
    /// </summary>
    public bool MayName(string endpoint) =>
        Random.Length == 0 || endpoint.EndsWith("/" + FolderName + "/control", System.StringComparison.Ordinal);

    public bool IsSame(FolderTie other) => UserId == other.UserId && string.Equals(Random, other.Random, System.StringComparison.Ordinal);
}

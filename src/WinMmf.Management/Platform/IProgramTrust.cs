namespace WinMmf.Management.Platform;

/// <summary>Who can change what runs when a path is started.</summary>
internal interface IProgramTrust
{
    /// <summary>
    /// Looks at a file and at every folder above it, links resolved: an account that can write one of them decides what the path runs.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <returns>
    /// The first of them that an account other than this one and the administrators can write; null if there is none, also where
    /// nothing is there.
    /// </returns>
    ForeignWriter? FindWriter(string path);
}

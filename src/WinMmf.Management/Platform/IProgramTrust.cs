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

    /// <summary>
    /// The same for what the system itself starts, before anybody signs in: this account is an account like any other then, because what
    /// it may write without an elevation others may have it write.
    /// </summary>
    /// <param name="path">The full path of a file or folder.</param>
    /// <param name="account">An account that may write it all the same; null: only administrators may.</param>
    /// <returns>
    /// The first that another account can write, or in which it can make what is not there yet; null if there is none.
    /// </returns>
    ForeignWriter? FindOrdinaryWriter(string path, string? account);
}

namespace WinMmf.Management.Platform;

/// <summary>A file or folder that another account can change.</summary>
/// <param name="path">Its full path.</param>
/// <param name="account">That account, by name where it has one.</param>
internal sealed class ForeignWriter(string path, string account)
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = path;

    /// <summary>That account, by name where it has one.</summary>
    public string Account { get; } = account;
}

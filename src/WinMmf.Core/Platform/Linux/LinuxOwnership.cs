namespace WinMmf.Platform.Linux;

/// <summary>What an attempt to own a folder found.</summary>
internal enum LinuxOwnership
{
    /// <summary>It is ours now.</summary>
    Owned,

    /// <summary>Another process has it, and so is alive; or the file cannot be opened to find out.</summary>
    Taken,

    /// <summary>There is no owner file (any more).</summary>
    Missing,
}

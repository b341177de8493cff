namespace WinMmf.Platform.Linux;

/// <summary>What an attempt to own a folder found.</summary>
internal enum LinuxOwnership
{
    /// <summary>It is ours now.</summary>
    Owned,

    /// <summary>Another process has it, and so is alive.</summary>
    Taken,

    /// <summary>There is no owner file (any more).</summary>
    Missing,
}

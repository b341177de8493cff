namespace WinMmf.Platform.Linux;

/// <summary>The lock that others have on a file.</summary>
internal enum LinuxHold
{
    /// <summary>None: a file with a name and without a holder is a leftover of killed processes.</summary>
    None,

    /// <summary>It is in use.</summary>
    Shared,

    /// <summary>Another process is removing it (or, of an owner file, a publisher lives).</summary>
    Exclusive,
}

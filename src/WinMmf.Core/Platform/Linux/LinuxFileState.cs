namespace WinMmf.Platform.Linux;

/// <summary>What kind of file a path leads to.</summary>
internal enum LinuxFileState
{
    Absent,

    /// <summary>A file without a holder.</summary>
    Leftover,

    Held,

    /// <summary>Another process is removing it.</summary>
    BeingRemoved,

    /// <summary>A file that this account may not even read.</summary>
    Unreadable,

    /// <summary>A symbolic link, a directory or a pipe: no section.</summary>
    NotASection,
}

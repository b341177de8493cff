namespace WinMmf.Names;

/// <summary>What bears a name.</summary>
public enum SharedMemoryKind
{
    /// <summary>A frame channel.</summary>
    FrameChannel,

    /// <summary>A plain memory in winmmf's layout.</summary>
    Memory,

    /// <summary>Files of killed processes that nobody holds (Linux). The next creator of the name removes them.</summary>
    Leftover,

    /// <summary>It exists, but this account may not look inside, or its header makes no sense; see the error.</summary>
    Unreadable,

    /// <summary>Another program's; nothing but its name and size is known.</summary>
    Foreign,
}

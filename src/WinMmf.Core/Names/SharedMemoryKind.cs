namespace WinMmf.Names;

/// <summary>The kinds of objects that can have a name.</summary>
public enum SharedMemoryKind
{
    /// <summary>A frame channel.</summary>
    FrameChannel,

    /// <summary>A plain memory in winmmf's layout.</summary>
    Memory,

    /// <summary>Files of killed processes, without a holder (Linux). The next creator of the name removes them.</summary>
    Leftover,

    /// <summary>It exists, but this account may not read it, or its header is invalid; see the error.</summary>
    Unreadable,

    /// <summary>Another program's; nothing but its name and size is known.</summary>
    Foreign,
}

namespace WinMmf.PowerShell.Commands;

/// <summary>What Wait-SharedMemory waits for.</summary>
public enum SharedMemoryCondition
{
    /// <summary>Something bears the name.</summary>
    Exists,

    /// <summary>Nothing bears the name any more.</summary>
    Gone,

    /// <summary>It is a frame channel whose publisher runs.</summary>
    Live,

    /// <summary>It is a frame channel with a frame to read.</summary>
    Frame,
}

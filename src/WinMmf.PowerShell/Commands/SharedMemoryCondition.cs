namespace WinMmf.PowerShell.Commands;

/// <summary>What Wait-SharedMemory waits for.</summary>
public enum SharedMemoryCondition
{
    /// <summary>An object has the name.</summary>
    Exists,

    /// <summary>No object has the name any more.</summary>
    Gone,

    /// <summary>It is a frame channel whose publisher runs.</summary>
    Live,

    /// <summary>It is a frame channel with a frame to read.</summary>
    Frame,
}

using WinMmf.Processes;

namespace WinMmf.Management.Platform;

/// <summary>A process that has a memory open, as the system says.</summary>
internal sealed class FoundHolder
{
    public FoundHolder(ProcessIdentity process) => Process = process;

    /// <summary>The process; its start time is 0 where the system does not tell it.</summary>
    public ProcessIdentity Process { get; }

    /// <summary>Its account; null if it cannot be seen.</summary>
    public string? Account { get; set; }

    /// <summary>Its session; null on Linux, or if it cannot be seen.</summary>
    public int? SessionId { get; set; }

    /// <summary>True if it has opened the memory for writing as well.</summary>
    public bool CanWrite { get; set; }

    /// <summary>How many handles, descriptors or mappings of it the process has.</summary>
    public int Handles { get; set; }
}

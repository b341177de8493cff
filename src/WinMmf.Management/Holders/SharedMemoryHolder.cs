using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Management.Holders;

/// <summary>A process that has a shared memory open. The memory lives for as long as one is left.</summary>
public sealed class SharedMemoryHolder
{
    internal SharedMemoryHolder(SharedName name, ProcessIdentity process)
    {
        Name = name;
        Process = process;
    }

    /// <summary>Name and scope of the memory.</summary>
    public SharedName Name { get; }

    /// <summary>The process. Its start time is 0 where the system does not tell it.</summary>
    public ProcessIdentity Process { get; }

    /// <summary>Name of its program; null if it cannot be seen.</summary>
    public string? ProgramName { get; internal set; }

    /// <summary>Its account; null if it cannot be seen.</summary>
    public string? Account { get; internal set; }

    /// <summary>Its session; null on Linux, or if it cannot be seen.</summary>
    public int? SessionId { get; internal set; }

    /// <summary>True if it has opened the memory for writing as well.</summary>
    public bool CanWrite { get; internal set; }

    /// <summary>How many handles, descriptors or mappings of it the process has.</summary>
    public int Handles { get; internal set; }

    /// <summary>What it has to do with the memory.</summary>
    public HolderRole Role { get; internal set; }
}

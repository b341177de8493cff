using WinMmf.Management.Platform;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Management.Holders;

/// <summary>A process that has a shared memory open. The memory lives for as long as one is left.</summary>
internal sealed class HolderReport
{
    internal HolderReport(SharedName name, FoundHolder found, string? programName, HolderRole role)
    {
        Name = name;
        Process = found.Process;
        ProgramName = programName;
        Account = found.Account;
        SessionId = found.SessionId;
        CanWrite = found.CanWrite;
        Handles = found.Handles;
        Role = role;
    }

    /// <summary>Name and scope of the memory.</summary>
    public SharedName Name { get; }

    /// <summary>The process. Its start time is 0 where the system does not tell it.</summary>
    public ProcessIdentity Process { get; }

    /// <summary>Name of its program; null if it cannot be seen.</summary>
    public string? ProgramName { get; }

    /// <summary>Its account; null if it cannot be seen.</summary>
    public string? Account { get; }

    /// <summary>Its session; null on Linux, or if it cannot be seen.</summary>
    public int? SessionId { get; }

    /// <summary>True if it has opened the memory for writing as well.</summary>
    public bool CanWrite { get; }

    /// <summary>How many handles, descriptors or mappings of it the process has.</summary>
    public int Handles { get; }

    /// <summary>What it has to do with the memory.</summary>
    public HolderRole Role { get; }
}

using WinMmf.Management.Holders;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>A process that has a shared memory open, as it was at one moment.</summary>
public sealed class SharedMemoryHolder
{
    internal SharedMemoryHolder(HolderReport holder)
    {
        Name = holder.Name.Name;
        Scope = holder.Name.Scope.ToString();
        ProcessId = (int)holder.Process.ProcessId;
        ProcessName = holder.ProgramName;
        Account = holder.Account;
        SessionId = holder.SessionId;
        Role = holder.Role.ToString();
        Access = holder.CanWrite ? "ReadWrite" : "Read";
        Handles = holder.Handles;
    }

    /// <summary>The memory's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>Its program; nothing if it cannot be seen.</summary>
    public string? ProcessName { get; }

    /// <summary>Its account; nothing if it cannot be seen.</summary>
    public string? Account { get; }

    /// <summary>Its session; nothing on Linux.</summary>
    public int? SessionId { get; }

    /// <summary>What it has to do with the memory.</summary>
    public string Role { get; }

    /// <summary>What it may do with the memory's first section: a channel's readers write only in the registry.</summary>
    public string Access { get; }

    /// <summary>Its handles, descriptors or mappings.</summary>
    public int Handles { get; }

    /// <summary>The process and the memory.</summary>
    public override string ToString() => $"{ProcessName ?? "process"} {ProcessId} {Scope}\\{Name}";
}

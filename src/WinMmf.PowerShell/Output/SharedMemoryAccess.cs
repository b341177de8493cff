using System.Linq;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>Who may use a shared memory, as it was at one moment.</summary>
public sealed class SharedMemoryAccess
{
    internal SharedMemoryAccess(AccessReport report)
    {
        Name = report.Name.Name;
        Scope = report.Name.Scope.ToString();
        Kind = report.Kind.ToString();
        Owner = report.Main.Owner;
        OwnerId = report.Main.OwnerId;
        Access = [.. report.Main.Entries.Select(static entry => new SharedMemoryAccessEntry(entry))];
        ReadAccess = AccountsWith(AccessRight.Read);
        WriteAccess = AccountsWith(AccessRight.Write);
        IsInStep = report.IsInStep;
        Descriptor = report.Main.Descriptor;
        Objects = [.. report.Objects.Select(static part => new SharedMemoryAccessObject(part))];
        Error = report.Main.Error is null ? null : ErrorRecords.Describe(report.Main.Error);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>The kind of object that has the name.</summary>
    public string Kind { get; }

    /// <summary>Who owns it; empty if that may not be seen.</summary>
    public string Owner { get; }

    /// <summary>The owner's SID; its number on Linux.</summary>
    public string OwnerId { get; }

    /// <summary>Who may do what, by the section with the plain name.</summary>
    public SharedMemoryAccessEntry[] Access { get; }

    /// <summary>Accounts that may read, without those that may do everything. Set-SharedMemoryAccess takes it.</summary>
    public string[] ReadAccess { get; }

    /// <summary>Accounts that may read, write and lock, without those that may do everything. Set-SharedMemoryAccess takes it.</summary>
    public string[] WriteAccess { get; }

    /// <summary>True if all objects of the memory grant the same.</summary>
    public bool IsInStep { get; }

    /// <summary>The section's descriptor: SDDL, on Linux mode and group.</summary>
    public string Descriptor { get; }

    /// <summary>All objects, each with its descriptor and entries.</summary>
    public SharedMemoryAccessObject[] Objects { get; }

    /// <summary>Why the access cannot be read.</summary>
    public string? Error { get; }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}";

    private string[] AccountsWith(AccessRight right) =>
        [.. Access.Where(entry => entry.IsAllowed && entry.Right == right.ToString() && entry.Id != OwnerId)
            .Select(static entry => entry.Id)];
}

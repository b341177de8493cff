using System.Collections.Generic;
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
        Scope = report.Name.Scope;
        Kind = report.Kind;
        Owner = report.Main.Owner;
        OwnerId = report.Main.OwnerId;
        Access = [.. report.Main.Entries];
        ReadAccess = ReadersOf(Access, OwnerId);
        IsInStep = report.IsInStep;
        Descriptor = report.Main.Descriptor;
        Objects = [.. report.Objects];
        Error = report.Main.Error is null ? null : ErrorRecords.Describe(report.Main.Error);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public NameScope Scope { get; }

    /// <summary>The kind of object that has the name.</summary>
    public SharedMemoryKind Kind { get; }

    /// <summary>Who owns it; empty if that may not be seen.</summary>
    public string Owner { get; }

    /// <summary>The owner's SID; its number on Linux.</summary>
    public string OwnerId { get; }

    /// <summary>Who may do what, by the section with the plain name.</summary>
    public AccessEntry[] Access { get; }

    /// <summary>Accounts that may read, without those that may do everything. Set-SharedMemoryAccess takes it.</summary>
    public string[] ReadAccess { get; }

    /// <summary>True if all objects of the memory grant the same.</summary>
    public bool IsInStep { get; }

    /// <summary>The section's descriptor: SDDL, on Linux mode and group.</summary>
    public string Descriptor { get; }

    /// <summary>All objects, each with its descriptor and entries.</summary>
    public AccessObject[] Objects { get; }

    /// <summary>Why the access cannot be read.</summary>
    public string? Error { get; }

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}";

    private static string[] ReadersOf(AccessEntry[] entries, string owner)
    {
        List<string> readers = [];
        foreach (AccessEntry entry in entries)
        {
            if (entry.IsAllowed && entry.Right is AccessRight.Read or AccessRight.Write && entry.Id != owner)
                readers.Add(entry.Id);
        }

        return [.. readers];
    }
}

using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Text;

namespace WinMmf.Management.Catalogue;

/// <summary>Lists the shared memories of this machine that are WinMmf's, and the names of others.</summary>
internal static unsafe class SharedMemoryCatalogue
{
    /// <summary>The names that exist, without looking inside: quick enough for completion.</summary>
    /// <param name="scope">Where to look; null: both.</param>
    public static IReadOnlyList<SharedName> ListNames(NameScope? scope = null) => ListNames(ManagementServices.Current, scope);

    /// <summary>Every memory and channel with what can be known of it. What cannot be read is listed as such.</summary>
    /// <param name="scope">Where to look; null: both.</param>
    public static IEnumerable<SharedMemoryReport> List(NameScope? scope = null)
    {
        foreach (SharedName name in ListNames(scope))
        {
            SharedMemoryReport? report = Look(ManagementServices.Current, name);
            if (report is not null)
                yield return report;
        }
    }

    /// <summary>The names that other programs gave to theirs.</summary>
    /// <param name="scope">Where to look; null: both.</param>
    public static IReadOnlyList<SharedName> ListForeignNames(NameScope? scope = null)
    {
        INameCatalogue catalogue = ManagementServices.Current.Catalogue;
        List<SharedName> names = new();
        if (scope is null or NameScope.Local)
            names.AddRange(catalogue.ListForeign(NameScope.Local));
        if (scope is null or NameScope.Global)
            names.AddRange(catalogue.ListForeign(NameScope.Global));

        // Such a name would write control characters to the terminal that lists it, and cannot be typed.
        names.RemoveAll(static name => ForeignText.HasUnfit(name.Name));
        return names;
    }

    /// <summary>The names in the Local scopes of other users (Linux) and other sessions (Windows).</summary>
    public static IReadOnlyList<SharedName> ListNamesElsewhere() => ManagementServices.Current.Catalogue.ListElsewhere();

    /// <summary>Looks at one name. Null if there is nothing.</summary>
    /// <param name="name">Name and scope.</param>
    public static SharedMemoryReport? Look(SharedName name) => Look(ManagementServices.Current, name);

    internal static IReadOnlyList<SharedName> ListNames(IManagementPlatform platform, NameScope? scope)
    {
        List<SharedName> names = new();
        if (scope is null or NameScope.Local)
            names.AddRange(platform.Catalogue.List(NameScope.Local));
        if (scope is null or NameScope.Global)
            names.AddRange(platform.Catalogue.List(NameScope.Global));
        names.Sort(static (a, b) =>
        {
            int byName = string.CompareOrdinal(a.Name, b.Name);
            return byName != 0 ? byName : a.Scope.CompareTo(b.Scope);
        });
        return names;
    }

    internal static SharedMemoryReport? Look(IManagementPlatform platform, SharedName name)
    {
        if (name.IsForeign)
            return LookAtForeign(platform, name);
        try
        {
            using SharedSection? section = platform.Core.Sections.TryLook(name);
            if (section is null)
                return platform.Catalogue.Exists(name) ? LookAtLeftover(platform, name) : null;
            return ControlAnchor.IsPresent(section) ? LookAtChannel(platform, name, section) : LookAtMemory(platform, name, section);
        }
        catch (WinMmfException e)
        {
            string? whose = name.Whose is uint other ? platform.Catalogue.DescribeElsewhere(other) : null;
            return new SharedMemoryReport(name, SharedMemoryKind.Unreadable) { Error = e, SystemOwner = whose };
        }
    }

    private static SharedMemoryReport LookAtLeftover(IManagementPlatform platform, SharedName name)
    {
        LeftoverSection? left = platform.Catalogue.LookAtLeftover(name);
        return new SharedMemoryReport(name, SharedMemoryKind.Leftover)
        {
            Size = left?.Size ?? 0,
            SystemOwner = left?.Account,
            LeftoverOf = left?.Of,
        };
    }

    private static SharedMemoryReport? LookAtForeign(IManagementPlatform platform, SharedName name) =>
        platform.Catalogue.LookAtForeign(name) is ForeignSection foreign
            ? new SharedMemoryReport(name, SharedMemoryKind.Foreign)
            {
                Size = foreign.Size,
                SystemOwner = foreign.Owner,
                Error = foreign.Refusal
            }
            : null;

    private static SharedMemoryReport LookAtChannel(IManagementPlatform platform, SharedName name, SharedSection control)
    {
        ControlAnchor.Check(control, name);
        ChannelReport channel = ChannelInspector.Report(platform.Core, control, name);
        return new SharedMemoryReport(name, SharedMemoryKind.FrameChannel)
        {
            OwnerId = control.Owner,
            Channel = channel,
            OwnerProgram = channel.OwnerProgram,
            Size = ControlLayout.Size + PixelsLayout.TotalSize(channel.Slots, channel.SlotCapacity),
        };
    }

    private static SharedMemoryReport LookAtMemory(IManagementPlatform platform, SharedName name, SharedSection section)
    {
        MemoryOrigin? origin = MemoryOrigin.TryRead(platform.Core, name);
        NamedMemory.ThrowIfTooSmall(name, section, origin);
        bool hasWord = section.Size >= LockWord.Size && section.IsWhole();

        // Who has a lock is looked up by the caller's own names.
        LockReport? report = hasWord && name.Whose is null ? TryInspect(platform, name) : null;
        return new SharedMemoryReport(name, SharedMemoryKind.Memory)
        {
            OwnerId = section.Owner,
            Origin = origin,
            Size = NamedMemory.TellDataSize(section, origin) ?? Math.Max(0, section.Size - LockWord.Size),
            Verdict = report?.Verdict,
            IsSuspect = report?.IsSuspect ?? false,
            Lock = hasWord ? new LockWord(Volatile.Read(ref *(uint*)section.Address)) : null,
            OwnerProgram = origin is null || platform.Core.Processes.Probe(origin.Creator) != ProcessLiveness.Alive
                ? null
                : platform.Core.Processes.FindProgramName(origin.Creator),
        };
    }

    private static LockReport? TryInspect(IManagementPlatform platform, SharedName name)
    {
        try
        {
            return LockInspector.Inspect(platform.Core, name);
        }
        catch (WinMmfException)
        {
            // It has gone in the meantime, or is smaller than it was.
            return null;
        }
    }
}

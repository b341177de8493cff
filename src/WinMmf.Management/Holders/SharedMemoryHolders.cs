using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Management.Holders;

/// <summary>Who holds a shared memory, as far as the system lets this account see it.</summary>
internal sealed class SharedMemoryHolders
{
    private SharedMemoryHolders(SharedName name, IReadOnlyList<HolderReport> holders, int hidden, bool isComplete)
    {
        Name = name;
        Holders = holders;
        Hidden = hidden;
        IsComplete = isComplete;
    }

    /// <summary>Name and scope of the memory.</summary>
    public SharedName Name { get; }

    /// <summary>The processes found, in order of their ids.</summary>
    public IReadOnlyList<HolderReport> Holders { get; }

    /// <summary>How many more handles the system counts, in processes that this account may not look into.</summary>
    public int Hidden { get; }

    /// <summary>False if the time ran out before every process was looked at.</summary>
    public bool IsComplete { get; }

    /// <summary>
    /// Looks at every process that this account may look into. It asks for no object's name, so a handle that blocks such questions delays
    /// nothing.
    /// </summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="timeout">After how long to stop with what was found; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The holders; null if nothing bears the name.</returns>
    /// <exception cref="WinMmfException">AccessDenied, WrongObjectType, SystemError.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static SharedMemoryHolders? Find(SharedName name, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Find(ManagementServices.Current, name, timeout, cancellationToken);

    internal static SharedMemoryHolders? Find(
        IManagementPlatform platform, SharedName name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        HolderSearch search = new(name, timeout, cancellationToken);
        if (!platform.Holders.TryFind(search))
            return null;

        SharedMemoryReport? report = SharedMemoryCatalogue.Look(platform, name);
        List<HolderReport> holders = new();
        foreach (FoundHolder found in search.Found)
            holders.Add(
                new HolderReport(name, found, platform.Core.Processes.FindProgramName(found.Process), RoleOf(found, report)));
        holders.Sort(static (a, b) => a.Process.ProcessId.CompareTo(b.Process.ProcessId));
        return new SharedMemoryHolders(name, holders, search.Hidden, search.IsComplete);
    }

    private static HolderRole RoleOf(FoundHolder found, SharedMemoryReport? report)
    {
        ProcessIdentity process = found.Process;
        if (report?.Channel is { } channel)
        {
            // A publisher of another namespace knows itself by another number; but only a publisher opens its channel for writing.
            bool isPublisher = process.Host == channel.Owner.Host ? process == channel.Owner : found.CanWrite;
            return isPublisher ? HolderRole.Publisher : HolderRole.Reader;
        }

        return report?.Origin is { } origin && process == origin.Creator ? HolderRole.Creator : HolderRole.User;
    }
}

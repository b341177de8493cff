using System.Collections.Generic;
using System.Linq;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Targets;

/// <summary>Finds what a target means among what exists.</summary>
internal static class TargetFinder
{
    /// <summary>Everything that matches, in order of names. Looks at each one only when it is enumerated.</summary>
    /// <param name="target">The name or pattern.</param>
    /// <param name="foreign">Which memories of other programs to find as well.</param>
    /// <param name="elsewhere">True: in the Local scopes of other users or sessions as well.</param>
    /// <exception cref="WinMmfException">InvalidName; NotFound for a name that is no pattern and is nowhere.</exception>
    public static IEnumerable<SharedMemoryReport> FindMemories(
        Target target, ForeignNames foreign = ForeignNames.None, bool elsewhere = false)
    {
        IReadOnlyList<SharedName> others = foreign == ForeignNames.All || (foreign == ForeignNames.Exact && !target.IsPattern)
            ? Matching(SharedMemoryCatalogue.ListForeignNames(target.Scope), target)
            : [];
        IEnumerable<SharedMemoryReport> found = Look(target, others);
        return OrNotFound(target, elsewhere && target.Scope != NameScope.Global ? found.Concat(LookElsewhere(target)) : found);
    }

    /// <summary>The channels among what matches.</summary>
    /// <param name="target">The name or pattern.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound; for a name that is no pattern also NotAChannel, and why it cannot be read.
    /// </exception>
    public static IEnumerable<ChannelReport> FindChannels(Target target)
    {
        foreach (SharedMemoryReport report in FindMemories(target))
        {
            if (report.Channel is not null)
                yield return report.Channel;
            else if (!target.IsPattern)
                throw report.Error ?? NoPublisher(report);
        }
    }

    /// <summary>The plain memories among what matches: they have a lock.</summary>
    /// <param name="target">The name or pattern.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName; for a name that is no pattern NotFound, NotAMemory, and why it cannot be read.
    /// </exception>
    public static IEnumerable<SharedName> FindLocks(Target target)
    {
        // The reports first: what is done with one may change what there is.
        foreach (SharedMemoryReport report in new List<SharedMemoryReport>(FindMemories(target)))
        {
            if (report.Kind == SharedMemoryKind.Memory)
                yield return report.Name;
            else if (!target.IsPattern)
            {
                throw report.Error ?? new WinMmfException(
                    WinMmfErrorId.NotAMemory,
                    report.Kind == SharedMemoryKind.FrameChannel
                        ? $"{report.Name} is a frame channel, and a channel needs no lock: neither its publisher nor its readers wait for "
                            + "one another."
                        : $"{report.Name} is no plain memory but {report.Kind}.",
                    NameFacts.Of(report.Name) with { Kind = report.Kind.ToString() });
            }
        }
    }

    /// <summary>Who may use what matches, in order of names.</summary>
    /// <param name="target">The name or pattern. A name may also be one that WinMmf did not make.</param>
    /// <exception cref="WinMmfException">InvalidName; NotFound for a name that is no pattern and is nowhere.</exception>
    public static List<AccessReport> FindAccess(Target target) => [.. OrNotFound(target, LookAtAccess(target))];

    private static WinMmfException NoPublisher(SharedMemoryReport report)
    {
        ErrorFacts facts = NameFacts.Of(report.Name) with { Kind = report.Kind.ToString() };
        return report.LeftoverOf == SharedMemoryKind.FrameChannel
            ? new WinMmfException(
                WinMmfErrorId.PublisherEnded,
                $"The publisher of {report.Name} was killed, so there is nothing to stop; its files are left.", facts)
            : new WinMmfException(WinMmfErrorId.NotAChannel, $"{report.Name} is no frame channel, so it has no publisher.", facts);
    }

    private static IEnumerable<AccessReport> LookAtAccess(Target target)
    {
        foreach (SharedName name in target.IsPattern ? Matching(SharedMemoryCatalogue.ListNames(target.Scope), target) : target.Exactly())
        {
            if (MemoryAccess.Read(name) is AccessReport report)
                yield return report;
        }
    }

    private static IEnumerable<SharedMemoryReport> LookElsewhere(Target target)
    {
        foreach (SharedName name in Matching(SharedMemoryCatalogue.ListNamesElsewhere(), target))
        {
            if (SharedMemoryCatalogue.Look(name) is SharedMemoryReport report)
                yield return report;
        }
    }

    private static IEnumerable<SharedMemoryReport> Look(Target target, IReadOnlyList<SharedName> others)
    {
        // What another program named as it liked need be no name for us.
        bool isForeignOnly = !target.IsPattern && others.Count > 0 && SharedName.FindFault(target.Name) is not null;
        IReadOnlyList<SharedName> ours = target.IsPattern ? Matching(SharedMemoryCatalogue.ListNames(target.Scope), target)
            : isForeignOnly ? [] : target.Exactly();
        foreach (SharedName name in ours)
        {
            if (!IsForeign(name, others) && SharedMemoryCatalogue.Look(name) is SharedMemoryReport report)
                yield return report;
        }

        foreach (SharedName name in others)
        {
            if (SharedMemoryCatalogue.Look(name) is SharedMemoryReport report)
                yield return report;
        }
    }

    private static List<SharedName> Matching(IEnumerable<SharedName> names, Target target)
    {
        List<SharedName> matching = [];
        foreach (SharedName name in names)
        {
            if (target.IsMatch(name.Name))
                matching.Add(name);
        }

        return matching;
    }

    /// <summary>On Windows ours and theirs have the same name space: what is listed as theirs is not to be shown twice.</summary>
    private static bool IsForeign(SharedName name, IReadOnlyList<SharedName> others)
    {
        bool isThere = false;
        foreach (SharedName other in others)
            isThere |= other.Name == name.Name && other.Scope == name.Scope;
        if (!isThere)
            return false;
        foreach (SharedName ours in SharedMemoryCatalogue.ListNames(name.Scope))
        {
            if (ours == name)
                return false;
        }

        return true;
    }

    private static IEnumerable<T> OrNotFound<T>(Target target, IEnumerable<T> found)
    {
        bool isEmpty = true;
        foreach (T item in found)
        {
            isEmpty = false;
            yield return item;
        }

        if (isEmpty && !target.IsPattern)
            throw new WinMmfException(WinMmfErrorId.NotFound, $"'{target.Name}' {target.DescribeAbsence()}.",
                target.ToFacts() with { Operation = ErrorOperation.Open }, WinMmfException.NoSuchObject);
    }
}

using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>Finds memories that have a lock.</summary>
internal static class LockFinder
{
    /// <summary>All plain memories that match.</summary>
    /// <param name="filter">The name or pattern.</param>
    /// <param name="scope">Where to look; null: in both.</param>
    /// <exception cref="WinMmfException">InvalidName; for a name that is no pattern NotFound, NotSupported for a channel, and why it cannot be read.</exception>
    public static IEnumerable<SharedName> Find(NameFilter filter, NameScope? scope)
    {
        // The reports first: what is done with one may change what there is.
        foreach (SharedMemoryReport report in new List<SharedMemoryReport>(ReportFinder.Find(filter, scope)))
        {
            if (report.Kind == SharedMemoryKind.Memory)
                yield return report.Name;
            else if (!filter.IsPattern)
            {
                throw report.Error ?? new WinMmfException(WinMmfErrorId.NotSupported, report.Kind == SharedMemoryKind.FrameChannel
                    ? $"{report.Name} is a frame channel, and a channel needs no lock: nobody waits for anybody there. Get-CameraPublisher shows how it is."
                    : $"{report.Name} is no memory any more: {report.Kind}. Get-SharedMemoryInfo says more.");
            }
        }
    }
}

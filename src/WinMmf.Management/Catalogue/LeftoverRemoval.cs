using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;

namespace WinMmf.Management.Catalogue;

/// <summary>Removes what killed processes left under a name. What any process holds stays.</summary>
internal static class LeftoverRemoval
{
    /// <summary>Removes it; nothing happens if it has gone by itself meanwhile.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="WinMmfException">
    /// NotALeftover: a process holds it. OwnerOnly: another account's. Or why it cannot be looked at.
    /// </exception>
    public static void Remove(SharedName name)
    {
        IManagementPlatform platform = ManagementServices.Current;
        if (platform.Core.Sections.TryReclaim(name) || SharedMemoryCatalogue.Look(platform, name) is not SharedMemoryReport report)
            return;
        if (report.Error is not null)
            throw report.Error;
        throw report.Kind == SharedMemoryKind.Leftover ? AnothersLeftover(report) : InUse(report);
    }

    private static WinMmfException InUse(SharedMemoryReport report) => new(
        WinMmfErrorId.NotALeftover,
        $"{report.Name} is in use, and only what killed processes left can be removed.",
        report.Name.ToFacts() with
        {
            Kind = report.Kind.ToString(),
            ProcessId = report.Owner.IsEmpty ? null : (int)report.Owner.ProcessId,
        });

    private static WinMmfException AnothersLeftover(SharedMemoryReport report) => new(
        WinMmfErrorId.OwnerOnly,
        $"{report.Name} was left by a killed process of {report.SystemOwner}, and only that account or root may remove it.",
        report.Name.ToFacts() with { Owner = report.SystemOwner });
}

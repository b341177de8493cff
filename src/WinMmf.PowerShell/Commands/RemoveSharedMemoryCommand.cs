using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Remove-SharedMemory: removes what killed processes left behind.</summary>
[Cmdlet(VerbsCommon.Remove, "SharedMemory", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveSharedMemoryCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LeftoverNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        List<SharedMemoryReport> found = [.. TargetFinder.FindMemories(target)];
        List<SharedMemoryReport> left = found.FindAll(static report => report.Kind == SharedMemoryKind.Leftover);

        // A name that is in use is told why it stays; of many names only leftovers are meant.
        if (left.Count == 0 && !target.IsPattern)
            LeftoverRemoval.Remove(found[0].Name);
        foreach (SharedMemoryReport report in left)
        {
            StoppingToken.ThrowIfCancellationRequested();
            if (ShouldProcess(Describe(report), "Remove what a killed process left"))
                Attempt(report.Name.Name, () => LeftoverRemoval.Remove(report.Name));
        }
    }

    private static string Describe(SharedMemoryReport report)
    {
        string size = report.Size.ToString(CultureInfo.InvariantCulture);
        return report.SystemOwner is string account ? $"{report.Name} ({size} bytes, of {account})" : report.Name.ToString();
    }
}

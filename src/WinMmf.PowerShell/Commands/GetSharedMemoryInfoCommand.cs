using System.Management.Automation;
using WinMmf.Management.Catalogue;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-SharedMemoryInfo: lists the shared memories of this machine as Get-Process lists processes.</summary>
[Cmdlet(VerbsCommon.Get, "SharedMemoryInfo")]
[OutputType(typeof(SharedMemoryInfo))]
public sealed class GetSharedMemoryInfoCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <summary>Memories of other programs, too.</summary>
    [Parameter]
    public SwitchParameter IncludeForeign { get; set; }

    /// <summary>Local names of other users, on Windows of other sessions, too.</summary>
    [Parameter]
    public SwitchParameter AllUsers { get; set; }

    /// <summary>Show rare counters, too.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        string? view = Detailed ? ChosenView.Detailed : AllUsers ? ChosenView.AllUsers : null;
        ForeignNames foreign = IncludeForeign ? ForeignNames.All : ForeignNames.None;
        foreach (SharedMemoryReport report in TargetFinder.FindMemories(target, foreign, AllUsers))
        {
            StoppingToken.ThrowIfCancellationRequested();
            WriteObject(ChosenView.Of(new SharedMemoryInfo(report), view));
        }
    }
}

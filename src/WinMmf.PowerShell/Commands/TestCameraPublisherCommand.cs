using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Management.Health;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Test-CameraPublisher: true if a publisher delivers frames that are fresh enough, and enough of them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CameraPublisher")]
[OutputType(typeof(bool))]
public sealed class TestCameraPublisherCommand : HealthCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        IReadOnlyList<HealthReport> reports = Examine(target, MinFrameRate is null ? 0 : HealthLimits.DefaultSampleSec);
        foreach (HealthReport report in reports.Where(static report => report.Status != HealthStatus.Ok))
            WriteVerbose(report.Summary);
        WriteObject(reports.Count > 0 && reports.All(static report => report.Status == HealthStatus.Ok));
    }
}

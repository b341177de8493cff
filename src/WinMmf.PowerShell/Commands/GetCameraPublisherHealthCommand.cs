using System.Management.Automation;
using WinMmf.Management.Health;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-CameraPublisherHealth: says how publishers are, why, and with which figures.</summary>
[Cmdlet(VerbsCommon.Get, "CameraPublisherHealth")]
[OutputType(typeof(CameraPublisherHealth))]
public sealed class GetCameraPublisherHealthCommand : HealthCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <summary>Seconds to count frames.</summary>
    [Parameter]
    [ValidateRange(0.0, 3600.0)]
    public double SampleSec { get; set; } = HealthLimits.DefaultSampleSec;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (HealthReport report in Examine(target, SampleSec))
            WriteObject(new CameraPublisherHealth(report));
    }
}

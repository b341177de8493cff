using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-CameraPublisher: shows the publishers of this machine.</summary>
[Cmdlet(VerbsCommon.Get, "CameraPublisher")]
[OutputType(typeof(CameraPublisher))]
public sealed class GetCameraPublisherCommand : NameCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = ["*"];

    /// <summary>Show rare counters, too.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        foreach (ChannelReport channel in TargetFinder.FindChannels(target))
        {
            StoppingToken.ThrowIfCancellationRequested();

            // A publisher that was asked to end does not count, although readers may keep its channel for some time.
            if (!target.IsPattern || channel.State != ChannelState.Stopped)
                WriteObject(ChosenView.Of(new CameraPublisher(channel), Detailed ? ChosenView.Detailed : null));
        }
    }
}

using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Stop-CameraPublisher: asks publishers to end and waits until they have.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CameraPublisher", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(CameraPublisher))]
public sealed class StopCameraPublisherCommand : WaitingCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Kill a publisher that does not answer or does not end in time.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the publishers that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override double DefaultTimeoutSec => 10;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        // Find all first: ending one changes what can be found.
        List<ChannelReport> channels = [.. TargetFinder.FindChannels(target)];
        if (!target.IsPattern && channels.Count > 1)
        {
            channels.RemoveAll(channel => channel.Name.Scope != NameScope.Local);
            WarnIfInBothScopes(true, channels[0].Name);
        }

        foreach (ChannelReport channel in channels)
        {
            if (target.IsPattern && channel.State is ChannelState.Stopped or ChannelState.Dead)
                continue;
            if (ShouldProcess($"{channel.Name} (process {channel.Owner.ProcessId}, {channel.Source})", "Stop the publisher"))
                Attempt(channel.Name.Name, () => Stop(channel));
        }
    }

    private void Stop(ChannelReport channel)
    {
        PublisherControl.Stop(channel, Force, Timeout, StoppingToken);
        if (PassThru)
            WriteObject(new CameraPublisher(channel, ChannelState.Stopped));
    }
}

using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Restart-CameraPublisher: has publishers start their sources again, while readers stay.</summary>
[Cmdlet(VerbsLifecycle.Restart, "CameraPublisher", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(CameraPublisher))]
public sealed class RestartCameraPublisherCommand : WaitingCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Write the publishers that were restarted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override double DefaultTimeoutSec => 15;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
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
            if (ShouldProcess($"{channel.Name} (process {channel.Owner.ProcessId}, {channel.Source})", "Restart the publisher's source"))
                Attempt(channel.Name.Name, () => Restart(channel));
        }
    }

    private void Restart(ChannelReport channel)
    {
        ChannelReport restarted = PublisherRestart.Restart(channel, Timeout, StoppingToken);
        if (PassThru)
            WriteObject(new CameraPublisher(restarted));
    }
}

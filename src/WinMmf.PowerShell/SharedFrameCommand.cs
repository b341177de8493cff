using System;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>Get-SharedFrame: copies one frame of a channel.</summary>
[Cmdlet(VerbsCommon.Get, "SharedFrame")]
[OutputType(typeof(SharedFrame))]
public sealed class GetSharedFrameCommand : WinMmfCommand
{
    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Only a frame after this one, the oldest that is still there.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long After { get; set; }

    /// <summary>Seconds to wait for the channel and for the frame.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Copy(name));
    }

    private void Copy(string name)
    {
        TimeSpan? timeout = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) ? ToTimeSpan(TimeoutSec) : null;
        FrameCopy copy = FrameCopy.Take(name, Scope, After, timeout, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        SharedFrame frame = new(copy);
        if (copy.State is not (ChannelState.Live or ChannelState.Starting))
            WriteWarning($"{copy.Name} is {copy.State}: this frame is {frame.Age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s old and stays the newest until its publisher is back. Get-CameraPublisher shows more.");
        WriteObject(frame, enumerateCollection: false);
    }
}

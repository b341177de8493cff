using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Watch-SharedFrame: copies frame after frame of a channel, until Ctrl+C or a limit.</summary>
[Cmdlet(VerbsCommon.Watch, "SharedFrame")]
[OutputType(typeof(SharedFrame))]
public sealed class WatchSharedFrameCommand : OwnedNameCommand
{
    private bool _isLossReported;

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects(isLiteral: true)]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Every frame in order, not only the newest.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>How many frames.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>How many seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, double.MaxValue)]
    public double? Duration { get; set; }

    private protected override bool TakesPatterns => false;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        FrameStreamOptions options = new() { InOrder = All, WaitForChannel = Timeout, Label = "Watch-SharedFrame", Owner = Owner };
        using FrameStream stream = FrameStream.Open(target.Name, target.Scope, options, StoppingToken);
        WarnIfInBothScopes(stream.ExistsInBothScopes, stream.Name);
        WarnIfForeignOwner(stream.OwnerId, stream.Name);
        FrameWatch watch = new(stream)
        {
            Count = Count,
            Duration = Duration is double seconds ? ToTimeSpan(seconds) : null,
            Timeout = AskedTimeout,
            Silent = state =>
                WriteWarning($"{stream.Name} has no new frame; the channel is {state}. Still waiting; Ctrl+C ends it, -TimeoutSec limits "
                    + "it, Get-CameraPublisher shows more."),
        };
        while (watch.TryNext(out StreamedFrame frame, StoppingToken))
        {
            if (All && frame.Skipped > 0 && !_isLossReported)
            {
                _isLossReported = true;
                WriteWarning($"{stream.Name}: {frame.Skipped} frames were overwritten before #{frame.Info.FrameNumber} could be read: the "
                    + "pipeline is slower than the camera. Skipped of each frame counts such losses; more -Slots at the publisher bridge "
                    + "short delays.");
            }

            WriteObject(new SharedFrame(frame), enumerateCollection: false);
        }

        ReaderCounters counters = stream.Counters;
        WriteVerbose($"{stream.Name}: {watch.Given} frames, {counters.Skipped} skipped, {counters.Restarts} restarts of the publisher.");
    }
}

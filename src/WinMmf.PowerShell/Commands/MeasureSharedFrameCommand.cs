using System;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Measure-SharedFrame: measures what a reader gets from a channel.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SharedFrame")]
[OutputType(typeof(SharedFrameMeasurement), typeof(string))]
public sealed class MeasureSharedFrameCommand : OwnedNameCommand
{
    private const double DefaultDuration = 5;

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>How many seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, double.MaxValue)]
    public double Duration { get; set; } = DefaultDuration;

    /// <summary>How many frames at most.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>Give one line of JSON instead of an object.</summary>
    [Parameter]
    public SwitchParameter Json { get; set; }

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.FrameChannel;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        FrameStreamOptions options = new() { WaitForChannel = Timeout, Label = "Measure-SharedFrame", Owner = Owner };
        using FrameStream stream = FrameStream.Open(target.Name, target.Scope, options, StoppingToken);
        WarnIfInBothScopes(stream.ExistsInBothScopes, stream.Name);
        WarnIfForeignOwner(stream.OwnerId, stream.Name);
        if (Timeout > TimeSpan.Zero)
            stream.Wait(Timeout, StoppingToken);

        FrameMeter meter = new(stream);
        ProgressRecord progress = new(1, $"Measuring {stream.Name}", "Waiting for frames");
        TimeSpan duration = ToTimeSpan(Duration);
        meter.Run(duration, Count, () => Show(progress, meter, duration), StoppingToken);
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);

        SharedFrameMeasurement result = meter.Report();
        if (result.Frames == 0)
            WriteWarning($"{stream.Name} had no new frame within {Duration.ToString("0.###", CultureInfo.InvariantCulture)} s; the "
                + $"channel is {result.State}. Get-CameraPublisher shows more.");
        WriteObject(Json ? result.ToJson() : result);
    }

    private void Show(ProgressRecord progress, FrameMeter meter, TimeSpan duration)
    {
        double share = Math.Max(meter.Elapsed.TotalSeconds / duration.TotalSeconds, Count is long count ? (double)meter.Frames / count : 0);
        progress.PercentComplete = (int)(100 * Math.Min(1, share));
        progress.StatusDescription = string.Format(CultureInfo.InvariantCulture,
            "{0} frames, {1:0.0} fps, latency p50 {2:0.00} ms, p99 {3:0.00} ms", meter.Frames, meter.FrameRate, meter.Latency(0.5),
            meter.Latency(0.99));
        WriteProgress(progress);
    }
}

using System;
using System.Collections.ObjectModel;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>Get-SharedFrame: copies one frame of a channel.</summary>
[Cmdlet(VerbsCommon.Get, "SharedFrame", DefaultParameterSetName = ChannelSet)]
[OutputType(typeof(SharedFrame))]
public sealed class GetSharedFrameCommand : WinMmfCommand
{
    private const string ChannelSet = "Channel";
    private const string WinMmfSet = "WinMmf";
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(5);

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Only a frame after this one, the oldest that is still there.</summary>
    [Parameter(ParameterSetName = ChannelSet)]
    [ValidateRange(0L, long.MaxValue)]
    public long After { get; set; }

    /// <summary>What the frame lies in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WinMmfSet)]
    public SharedFrameLayout Layout { get; set; }

    /// <summary>Pixels a row of what a winmmf program publishes.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = WinMmfSet)]
    [ValidateRange(1, FrameFormat.MaxDimension)]
    public int Width { get; set; }

    /// <summary>Its rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = WinMmfSet)]
    [ValidateRange(1, FrameFormat.MaxDimension)]
    public int Height { get; set; }

    /// <summary>How its pixels lie.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = WinMmfSet)]
    [ValidateSet(nameof(Frames.PixelFormat.Bgr24), nameof(Frames.PixelFormat.Bgra32), nameof(Frames.PixelFormat.Gray8), nameof(Frames.PixelFormat.Yuy2), nameof(Frames.PixelFormat.Nv12), nameof(Frames.PixelFormat.I420))]
    public PixelFormat PixelFormat { get; set; } = PixelFormat.Bgr24;

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
        FrameCopy copy = ParameterSetName == WinMmfSet && Layout == SharedFrameLayout.WinMmf
            ? FrameCopy.TakeFromWinMmf(name, Scope, FrameFormat.Packed(Width, Height, PixelFormat), timeout ?? LockLimit, StoppingToken)
            : FrameCopy.Take(name, Scope, After, timeout, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        SharedFrame frame = new(copy, After);
        if (copy.State is not (ChannelState.Live or ChannelState.Starting))
            WriteWarning($"{copy.Name} is {copy.State}: this frame is {frame.Age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s old and stays the newest until its publisher is back. Get-CameraPublisher shows more.");
        WriteObject(frame, enumerateCollection: false);
    }
}

/// <summary>Watch-SharedFrame: copies frame after frame of a channel, until Ctrl+C or a limit.</summary>
[Cmdlet(VerbsCommon.Watch, "SharedFrame")]
[OutputType(typeof(SharedFrame))]
public sealed class WatchSharedFrameCommand : WinMmfCommand
{
    private bool _isLossReported;

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

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

    /// <summary>Seconds to wait for the channel, and for each frame.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    private TimeSpan? Timeout => MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) ? ToTimeSpan(TimeoutSec) : null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, Watch);

    private void Watch()
    {
        FrameStreamOptions options = new() { InOrder = All, WaitForChannel = Timeout ?? TimeSpan.Zero, Label = "Watch-SharedFrame" };
        using FrameStream stream = FrameStream.Open(Name, Scope, options, StoppingToken);
        WarnIfInBothScopes(stream.ExistsInBothScopes, stream.Name);
        FrameWatch watch = new(stream)
        {
            Count = Count,
            Duration = Duration is double seconds ? ToTimeSpan(seconds) : null,
            Timeout = Timeout,
            Silent = state => WriteWarning($"{stream.Name} has no new frame; the channel is {state}. Still waiting; Ctrl+C ends it, -TimeoutSec limits it, Get-CameraPublisher shows more."),
        };
        while (watch.TryNext(out StreamedFrame frame, StoppingToken))
        {
            if (All && frame.Skipped > 0 && !_isLossReported)
            {
                _isLossReported = true;
                WriteWarning($"{stream.Name}: {frame.Skipped} frames were overwritten before #{frame.Info.FrameNumber} could be read: the pipeline is slower than the camera. Skipped of each frame counts such losses; more -Slots at the publisher bridge short delays.");
            }

            WriteObject(new SharedFrame(frame), enumerateCollection: false);
        }

        ReaderCounters counters = stream.Counters;
        WriteVerbose($"{stream.Name}: {watch.Given} frames, {counters.Skipped} skipped, {counters.Restarts} restarts of the publisher.");
    }
}

/// <summary>Use-SharedFrame: lends the newest frame, in place, to a script block.</summary>
[Cmdlet(VerbsOther.Use, "SharedFrame")]
[OutputType(typeof(object))]
public sealed class UseSharedFrameCommand : WinMmfCommand
{
    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What is done with the frame.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

    /// <summary>Seconds to wait for the channel and for its first frame.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Use(name));
    }

    private void Use(string name)
    {
        TimeSpan? timeout = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) ? ToTimeSpan(TimeoutSec) : null;
        Collection<PSObject> output;
        using (LeasedFrame leased = LeasedFrame.Take(name, Scope, timeout, StoppingToken))
        {
            WarnIfInBothScopes(leased.ExistsInBothScopes, new SharedName(leased.Frame.Name, leased.Frame.Scope));
            if (!leased.Frame.IsInPlace)
                WriteVerbose($"{leased.Frame} was copied: this account may not lease, or too many others do.");

            // Collected, not streamed: what comes next in the pipeline shall not prolong the lease.
            output = ScriptBlock.InvokeWithContext(null, [new PSVariable("_", leased.Frame)], leased.Frame);
            Attempt(name, leased.Release);
        }

        WriteObject(output, enumerateCollection: true);
    }
}

/// <summary>Save-SharedFrame: saves frames as picture files.</summary>
[Cmdlet(VerbsData.Save, "SharedFrame", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(FileInfo))]
public sealed class SaveSharedFrameCommand : WinMmfCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";

    /// <summary>Frames from Get-SharedFrame, Watch-SharedFrame, or the one of Use-SharedFrame.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public ISharedFrame InputObject { get; set; } = null!;

    /// <summary>Channels of which to save the newest frame.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>File, folder, or a pattern of file names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    public NameScope? Scope { get; set; }

    /// <summary>The kind of file; without it the file's extension decides.</summary>
    [Parameter]
    public FrameFileType Format { get; set; }

    /// <summary>Keep a file that is there already.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a file although it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds to wait for the channel and for its first frame.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            Attempt(InputObject, () => Save(InputObject));
            return;
        }

        foreach (string name in Name)
            Attempt(name, () => SaveNewest(name));
    }

    private void SaveNewest(string name)
    {
        // A copy, not a lease: packing a picture and writing it may take longer than a lease should last.
        TimeSpan? timeout = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) ? ToTimeSpan(TimeoutSec) : null;
        FrameCopy copy = FrameCopy.Take(name, Scope, 0, timeout, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        Save(new SharedFrame(copy, after: 0));
    }

    private void Save(ISharedFrame frame)
    {
        FrameFileOptions options = new() { Type = Format, NoClobber = NoClobber, Force = Force };
        string? saved = null;
        frame.Use((format, payload) =>
        {
            string path = FrameFileName.Resolve(Path, GetUnresolvedProviderPathFromPSPath, frame, format, Format);
            if (ShouldProcess(path, $"Save frame {frame.FrameNumber} of {frame.Name}"))
                saved = FrameFile.Save(path, format, payload, options, StoppingToken);
        });
        if (saved is not null)
            WriteObject(InvokeProvider.Item.Get([saved], force: true, literalPath: true), enumerateCollection: true);
    }
}

/// <summary>Measure-SharedFrame: measures what a reader gets from a channel.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SharedFrame")]
[OutputType(typeof(SharedFrameMeasurement), typeof(string))]
public sealed class MeasureSharedFrameCommand : WinMmfCommand
{
    private const double DefaultDuration = 5;

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope? Scope { get; set; }

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

    /// <summary>Seconds to wait for the channel and for its first frame.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(name, () => Measure(name));
    }

    private void Measure(string name)
    {
        TimeSpan wait = ToTimeSpan(TimeoutSec);
        using FrameStream stream = FrameStream.Open(name, Scope, new FrameStreamOptions { WaitForChannel = wait, Label = "Measure-SharedFrame" }, StoppingToken);
        WarnIfInBothScopes(stream.ExistsInBothScopes, stream.Name);
        if (wait > TimeSpan.Zero)
            stream.Wait(wait, StoppingToken);

        FrameMeter meter = new(stream);
        ProgressRecord progress = new(1, $"Measuring {stream.Name}", "Waiting for frames");
        TimeSpan duration = ToTimeSpan(Duration);
        meter.Run(duration, Count, () => Show(progress, meter, duration), StoppingToken);
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);

        SharedFrameMeasurement result = meter.Report();
        if (result.Frames == 0)
            WriteWarning($"{stream.Name} had no new frame within {Duration.ToString("0.###", CultureInfo.InvariantCulture)} s; the channel is {result.State}. Get-CameraPublisher shows more.");
        WriteObject(Json ? result.ToJson() : result);
    }

    private void Show(ProgressRecord progress, FrameMeter meter, TimeSpan duration)
    {
        double share = Math.Max(meter.Elapsed.TotalSeconds / duration.TotalSeconds, Count is long count ? (double)meter.Frames / count : 0);
        progress.PercentComplete = (int)(100 * Math.Min(1, share));
        progress.StatusDescription = string.Format(CultureInfo.InvariantCulture, "{0} frames, {1:0.0} fps, latency p50 {2:0.00} ms, p99 {3:0.00} ms", meter.Frames, meter.FrameRate, meter.Latency(0.5), meter.Latency(0.99));
        WriteProgress(progress);
    }
}

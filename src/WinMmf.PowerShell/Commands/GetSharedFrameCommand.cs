using System;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Get-SharedFrame: copies one frame of a channel.</summary>
[Cmdlet(VerbsCommon.Get, "SharedFrame", DefaultParameterSetName = ChannelSet)]
[OutputType(typeof(SharedFrame))]
public sealed class GetSharedFrameCommand : OwnedNameCommand
{
    private const string ChannelSet = "Channel";
    private const string WinMmfSet = "WinMmf";
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(5);

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FrameNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Only a frame after this one, the oldest that is still there.</summary>
    [Parameter(ParameterSetName = ChannelSet)]
    [ValidateRange(0L, long.MaxValue)]
    public long After { get; set; }

    /// <summary>What holds the frame.</summary>
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

    /// <summary>The layout of its pixels.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = WinMmfSet)]
    [PixelFormatText(WinMmf.Frames.PixelFormat.Bgr24)]
    [ValidateSet(nameof(WinMmf.Frames.PixelFormat.Bgr24), nameof(WinMmf.Frames.PixelFormat.Bgra32), nameof(WinMmf.Frames.PixelFormat.Gray8),
        nameof(WinMmf.Frames.PixelFormat.Yuy2), nameof(WinMmf.Frames.PixelFormat.Nv12), nameof(WinMmf.Frames.PixelFormat.I420))]
    public PixelFormat PixelFormat { get; set; } = PixelFormat.Bgr24;

    private protected override SharedMemoryKind? PatternKind =>
        ParameterSetName == WinMmfSet && Layout == SharedFrameLayout.WinMmf ? SharedMemoryKind.Memory : SharedMemoryKind.FrameChannel;

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        FrameCopy copy = ParameterSetName == WinMmfSet && Layout == SharedFrameLayout.WinMmf
            ? TakeFromMemory(target)
            : FrameCopy.Take(target.Name, target.Scope, After, AskedTimeout, Owner, StoppingToken);
        WarnIfInBothScopes(copy.ExistsInBothScopes, copy.Name);
        WarnIfForeignOwner(copy.OwnerId, copy.Name);
        SharedFrame frame = new(copy, After);
        if (copy.State is not (ChannelState.Live or ChannelState.Starting))
            WriteWarning($"{copy.Name} is {copy.State}: this frame is "
                + $"{frame.AgeSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s old and stays the newest until its publisher "
                + "is back. Get-CameraPublisher shows more.");
        WriteObject(frame, enumerateCollection: false);
    }

    private FrameCopy TakeFromMemory(Target target)
    {
        using NamedMemory memory = OwnedMemory.Open(target, writable: true, Owner);
        return FrameCopy.TakeFromWinMmf(
            memory, FrameFormat.Packed(Width, Height, PixelFormat), AskedTimeout ?? LockLimit, StoppingToken);
    }
}

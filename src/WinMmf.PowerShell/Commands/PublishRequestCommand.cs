using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;
using WinMmf.Residency;

namespace WinMmf.PowerShell.Commands;

/// <summary>A cmdlet that says what is to be published, from which source and how.</summary>
public abstract class PublishRequestCommand : WinMmfCommand
{
    // ffmpeg's input formats for which a name is no path. What is a path of theirs is a full one, such as /dev/video0.
    private static readonly HashSet<string> DeviceFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        "alsa", "android_camera", "avfoundation", "bktr", "caca", "decklink", "dshow", "dv1394", "fbdev", "gdigrab", "iec61883", "jack",
        "kmsgrab", "lavfi", "libcdio", "libdc1394", "openal", "oss", "pulse", "sndio", "v4l2", "vfwcap", "video4linux2", "x11grab",
        "xcbgrab",
    };

    private protected const string PathSet = "Path";
    private protected const string CameraSet = "Camera";
    private protected const string DeviceSet = "Device";
    private protected const string SyntheticSet = "Synthetic";
    private protected const string ConfigurationSet = "Configuration";

    // A row of a table with a column for each, of which one is empty.
    private protected const string RowSet = "Row";
    private readonly PublishRequest _request = new();
    private IReadOnlyList<FoundCamera> _cameras = [];

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = CameraSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = SyntheticSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [Parameter(Position = 0, ParameterSetName = DeviceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeChannelNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A file, an address or (with InputFormat) a device to play.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [Alias("FullName")]
    [AllowEmptyString]
    [AllowNull]
    public string Path { get; set; } = "";

    /// <summary>A camera: its name, id, path or number, or a pattern that matches one.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = CameraSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [AllowEmptyString]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CameraCompleter))]
    public string Camera { get; set; } = "";

    // Not mandatory: PowerShell would settle on its parameter set before it has seen what comes down the pipeline, and refuse rows.
    /// <summary>A camera from Get-CameraDevice.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = DeviceSet)]
    [ValidateNotNull]
    public CameraDevice? InputObject { get; set; }

    /// <summary>What opens the input or the camera.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = CameraSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = DeviceSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [EmptyIsNone]
    public CaptureBackend Backend
    {
        get => _request.Backend ?? CaptureBackend.Auto;
        set => _request.Backend = value;
    }

    /// <summary>ffmpeg's name of the input's format.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [EmptyIsNone]
    [ArgumentCompleter(typeof(InputFormatCompleter))]
    public string? InputFormat
    {
        get => _request.InputFormat;
        set => _request.InputFormat = value;
    }

    /// <summary>ffmpeg's options for the input or the camera.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = CameraSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InputOptionCompleter))]
    public IDictionary InputOption { get; set; } = new Hashtable();

    /// <summary>Publish the synthetic picture, which can be verified byte by byte.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>Pixels a row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(1, PublishLimits.MostPixels)]
    public int? Width
    {
        get => _request.Width;
        set => _request.Width = value;
    }

    /// <summary>Rows.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(1, PublishLimits.MostPixels)]
    public int? Height
    {
        get => _request.Height;
        set => _request.Height = value;
    }

    /// <summary>Frames a second.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(PublishLimits.LeastFrameRate, PublishLimits.MostFrameRate)]
    public double? FrameRate
    {
        get => _request.FrameRate;
        set => _request.FrameRate = value;
    }

    /// <summary>The layout of pixels in a frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PixelFormatText(PublishLimits.DefaultPixelFormat)]
    [ValidateSet(nameof(WinMmf.Frames.PixelFormat.Bgr24), nameof(WinMmf.Frames.PixelFormat.Bgra32), nameof(WinMmf.Frames.PixelFormat.Gray8),
        nameof(WinMmf.Frames.PixelFormat.Yuy2), nameof(WinMmf.Frames.PixelFormat.Nv12), nameof(WinMmf.Frames.PixelFormat.I420),
        nameof(WinMmf.Frames.PixelFormat.Mjpg))]
    public PixelFormat? PixelFormat
    {
        get => _request.PixelFormat;
        set => _request.PixelFormat = value;
    }

    /// <summary>Slots of the channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(PublishLimits.LeastSlots, PublishLimits.MostSlots)]
    public int? Slots
    {
        get => _request.Slots;
        set => _request.Slots = value;
    }

    /// <summary>Where the name is visible.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ScopeOfObject]
    public NameScope Scope { get; set; }

    /// <summary>Accounts that may read besides this one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[] ReadAccess
    {
        get => [.. _request.ReadAccess];
        set => _request.ReadAccess = value ?? [];
    }

    /// <summary>A security descriptor's text in place of accounts (Windows).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public string? Sddl
    {
        get => _request.Sddl;
        set => _request.Sddl = value;
    }

    /// <summary>Whether frames may be paged out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public MemoryResidency Resident
    {
        get => _request.Resident ?? MemoryResidency.None;
        set => _request.Resident = value;
    }

    /// <summary>Begin the file again when it ends.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [SwitchFromText]
    public SwitchParameter Loop
    {
        get => _request.Loop;
        set => _request.Loop = value;
    }

    /// <summary>As fast as the input can be read, instead of at its own speed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [SwitchFromText]
    public SwitchParameter NoPace
    {
        get => _request.Pace == false;
        set => _request.Pace = value ? false : null;
    }

    /// <summary>Seconds of silence after which the source has failed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = CameraSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = DeviceSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [EmptyIsNone]
    [NoneOrRange(PublishLimits.LeastStallTimeoutSec, PublishLimits.MostStallTimeoutSec)]
    public double? StallTimeoutSec
    {
        get => _request.StallTimeout?.TotalSeconds;
        set => _request.StallTimeout = value is double seconds ? ToTimeSpan(seconds) : null;
    }

    /// <summary>A plain memory in the layout of the Rust crate winmmf that mirrors each frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public string? MirrorName
    {
        get => _request.MirrorName;
        set => _request.MirrorName = value;
    }

    /// <summary>Accounts whose programs may open the mirror.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("WriteAccess")]
    [EmptyIsNone]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[] MirrorAccess
    {
        get => [.. _request.MirrorAccess];
        set => _request.MirrorAccess = value ?? [];
    }

    /// <summary>Seconds that a frame may wait for the mirror's lock.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    [NoneOrRange(0.0, PublishLimits.MostMirrorWaitSec)]
    public double? MirrorWaitSec
    {
        get => _request.MirrorWait?.TotalSeconds;
        set => _request.MirrorWait = value is double seconds ? ToTimeSpan(seconds) : null;
    }

    /// <summary>A file that the publisher writes its log to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNone]
    public string? LogPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        IDictionary<string, object> given = MyInvocation.BoundParameters;
        if (given.ContainsKey(nameof(Path)) && given.ContainsKey(nameof(Camera)))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("A channel shows one source. Give -Path or -Camera."), "AmbiguousParameterSet",
                ErrorCategory.InvalidArgument, Name));
        }
    }

    /// <summary>True if the channel's name was given; otherwise it comes from the camera.</summary>
    private bool IsNamed => ParameterSetName != DeviceSet || MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    private bool HasPath => !string.IsNullOrEmpty(Path);

    private bool HasCamera => !string.IsNullOrEmpty(Camera);

    /// <summary>What the parameters ask for.</summary>
    private protected PublishRequest Request => _request;

    /// <summary>What an item of the pipeline is about, for an error record.</summary>
    private protected string Subject => InputObject is null || IsNamed ? Name : InputObject.Name;

    /// <summary>Makes the request whole. Contradictions are reported before anything is done.</summary>
    /// <returns>The camera that is meant; null for anything else.</returns>
    /// <exception cref="WinMmfException">InvalidArgument, CameraNotFound, CameraAmbiguous, and others that name a fault.</exception>
    private protected FoundCamera? CompleteRequest()
    {
        FoundCamera? camera = FindCamera();
        _request.Name = new SharedName(IsNamed ? Name : CameraNaming.ChannelName(camera!, _cameras), Scope);
        _request.Input = HasPath ? ResolveInput(Path) : null;
        _request.Camera = InputObject is not null ? InputObject.Id : HasCamera ? Camera : null;
        _request.InputOptions = ToOptions(InputOption);
        _request.LogPath = LogPath is null ? null : ToLogPath(LogPath);
        _request.Check();
        return camera;
    }

    /// <summary>
    /// The camera that is meant, so that one that is not there is reported before anything is started; null for anything else.
    /// </summary>
    private FoundCamera? FindCamera()
    {
        if (InputObject is null && !HasCamera && !HasPath && !Synthetic)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "There is nothing to publish. Give -Camera, -Path, or -Synthetic; Get-CameraDevice lists the cameras.");
        if (HasCamera && HasPath)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"The camera '{Camera}' and the path '{_request.Hide(Path)}' are two sources, and a channel shows one. Leave one empty.");
        if (InputObject is null && !HasCamera)
            return null;
        _cameras = ManagementServices.Current.Cameras.Find();
        return InputObject is null
            ? CameraChoice.Choose(Camera, _cameras)
            : CameraChoice.Again(InputObject.Name, InputObject.Id, _cameras);
    }

    /// <summary>The source in a few words, without secrets.</summary>
    private protected string Describe(FoundCamera? camera) =>
        camera is not null ? $"the camera {camera.Name} ({CameraIdentity.Of(camera, _cameras)})"
        : _request.Input is null ? "the synthetic picture"
        : _request.Hide(_request.Input);

    private static List<KeyValuePair<string, string>> ToOptions(IDictionary table)
    {
        List<KeyValuePair<string, string>> options = [];
        foreach (DictionaryEntry entry in table)
            options.Add(new(LanguagePrimitives.ConvertTo<string>(entry.Key), LanguagePrimitives.ConvertTo<string>(entry.Value)));
        return options;
    }

    /// <summary>The full path of a log, whose folder has to be there.</summary>
    private protected string ToLogPath(string path)
    {
        string resolved = ToFilePath(path);
        if (System.IO.Directory.Exists(resolved))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"'{resolved}' is a folder. -LogPath names a file.");
        string folder = System.IO.Path.GetDirectoryName(resolved) ?? "";
        return System.IO.Directory.Exists(folder)
            ? resolved
            : throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"The folder '{folder}' for -LogPath does not exist. Make it first: New-Item -ItemType Directory -Path '{folder}'.");
    }

    /// <summary>
    /// The publisher has another current folder and knows no drives of PowerShell, so files, and patterns of files, become full paths.
    /// Addresses pass as they are, and so do the names of devices.
    /// </summary>
    private string ResolveInput(string path) =>
        path.Contains("://") || (InputFormat is not null && DeviceFormats.Contains(InputFormat)) ? path : ToFilePath(path);
}

using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.PowerShell.Commands;

/// <summary>Start-CameraPublisher: starts a process that publishes frames under a name.</summary>
[Cmdlet(VerbsLifecycle.Start, "CameraPublisher", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(CameraPublisher))]
public sealed class StartCameraPublisherCommand : WinMmfCommand
{
    private const string PathSet = "Path";
    private const string SyntheticSet = "Synthetic";
    private const double DefaultTimeoutSec = 15;

    /// <summary>The channel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A file, an address or (with InputFormat) a device to play.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>ffmpeg's name of the input's format.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputFormatCompleter))]
    public string? InputFormat { get; set; }

    /// <summary>ffmpeg's options for the input.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNull]
    public Hashtable InputOption { get; set; } = [];

    /// <summary>Publish the synthetic picture, which can be verified byte by byte.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>Pixels a row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, FrameFormat.MaxDimension)]
    public int? Width { get; set; }

    /// <summary>Rows.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, FrameFormat.MaxDimension)]
    public int? Height { get; set; }

    /// <summary>Frames a second.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.001, 1000.0)]
    public double? FrameRate { get; set; }

    /// <summary>How pixels lie in a frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(WinMmf.Frames.PixelFormat.Bgr24), nameof(WinMmf.Frames.PixelFormat.Bgra32), nameof(WinMmf.Frames.PixelFormat.Gray8), nameof(WinMmf.Frames.PixelFormat.Yuy2), nameof(WinMmf.Frames.PixelFormat.Nv12), nameof(WinMmf.Frames.PixelFormat.I420), nameof(WinMmf.Frames.PixelFormat.Mjpg))]
    public PixelFormat? PixelFormat { get; set; }

    /// <summary>Slots of the channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(3, 24)]
    public int? Slots { get; set; }

    /// <summary>Where the name shall be visible.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public NameScope Scope { get; set; }

    /// <summary>Accounts that may read besides this one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReadAccessCompleter))]
    public string[] ReadAccess { get; set; } = [];

    /// <summary>A security descriptor's text in place of accounts (Windows).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Sddl { get; set; }

    /// <summary>Whether frames may be paged out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public MemoryResidency Resident { get; set; }

    /// <summary>Begin the file anew when it ends.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public SwitchParameter Loop { get; set; }

    /// <summary>As fast as the input can be read, instead of at its own speed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public SwitchParameter NoPace { get; set; }

    /// <summary>Seconds of silence after which the source has failed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ValidateRange(0.1, 86_400.0)]
    public double? StallTimeoutSec { get; set; }

    /// <summary>A plain memory in winmmf's layout that the frames go into as well.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? AlsoWinMmf { get; set; }

    /// <summary>Accounts whose winmmf programs may open it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReadAccessCompleter))]
    public string[] WinMmfAccess { get; set; } = [];

    /// <summary>Seconds that a frame may wait for that memory's lock.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.0, 10.0)]
    public double WinMmfWaitSec { get; set; }

    /// <summary>A file for the publisher's news.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Seconds to wait for the first frame.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; } = DefaultTimeoutSec;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, Start);

    private void Start()
    {
        // Contradictions are told before anything is started.
        _ = AccessPolicy.From(ReadAccess, Sddl);
        PublisherRequest request = new(new SharedName(Name, Scope), Synthetic ? null : ResolveInput(Path))
        {
            Width = Width,
            Height = Height,
            FrameRate = FrameRate,
            PixelFormat = PixelFormat,
            Slots = Slots,
            ReadAccess = ReadAccess,
            Sddl = Sddl,
            Residency = Resident,
            Loop = Loop,
            AlsoWinMmf = AlsoWinMmf,
            WinMmfAccess = WinMmfAccess,
            WinMmfWait = WinMmfWaitSec,
            InputFormat = InputFormat,
            InputOptions = ToOptions(InputOption),
            Pace = NoPace ? false : null,
            StallTimeout = StallTimeoutSec,
            LogPath = LogPath is null ? null : GetUnresolvedProviderPathFromPSPath(LogPath),
        };
        if (!ShouldProcess(request.Name.ToString(), $"Publish {request.Input ?? "the synthetic picture"}"))
            return;

        if (WinMmfAccess.Length > 0)
        {
            if (AlsoWinMmf is null)
                throw new WinMmfException(WinMmfErrorId.InvalidArgument, "-WinMmfAccess opens the memory that -AlsoWinMmf names, and none is named. For the channel itself there is -ReadAccess.");
            WriteWarning($"{string.Join(", ", WinMmfAccess)} may write the memory '{AlsoWinMmf}', and so lock it for ever or show another picture; on Windows they may even change its access list, because winmmf asks for full access. Move these programs to the channel, which its readers can only read.");
        }

        PublisherProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        WriteVerbose($"Starting {program.FileName} for {request.Name}.");
        int processId = PublisherLauncher.Start(program, request, ToTimeSpan(TimeoutSec), StoppingToken);
        ChannelReport channel = SharedMemoryCatalogue.Look(request.Name)?.Channel
            ?? throw new WinMmfException(WinMmfErrorId.PublisherFailed, $"The publisher of {request.Name} (process {processId}) has published and ended again. For a short file use -Loop.");
        WarnIfNotResident(Resident, channel.Resident, channel.Name, channel.Slots * channel.SlotCapacity);
        WriteObject(new CameraPublisher(channel));
    }

    private static Dictionary<string, string> ToOptions(Hashtable table)
    {
        Dictionary<string, string> options = [];
        foreach (DictionaryEntry entry in table)
            options.Add(LanguagePrimitives.ConvertTo<string>(entry.Key), LanguagePrimitives.ConvertTo<string>(entry.Value));
        return options;
    }

    /// <summary>
    /// The publisher has another current folder and knows no drives of PowerShell. Addresses pass as they are, and so does
    /// what only an input format makes sense of, unless it is a file.
    /// </summary>
    private string ResolveInput(string path)
    {
        if (path.Contains("://"))
            return path;
        try
        {
            string resolved = GetUnresolvedProviderPathFromPSPath(path);
            return InputFormat is null || System.IO.File.Exists(resolved) ? resolved : path;
        }
        catch (SessionStateException) when (InputFormat is not null)
        {
            // What stands before a colon need not be a drive.
            return path;
        }
    }
}

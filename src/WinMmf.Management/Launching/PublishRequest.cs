using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Secrets;
using WinMmf.Names;
using Format = WinMmf.Frames.PixelFormat;

namespace WinMmf.Management.Launching;

/// <summary>
/// What a publisher shall publish, and how; what is not set is the publisher's choice. The cmdlet fills it, the program's command
/// line does, and the publisher works by it. <see cref="PublishOptions"/> says how each option is called and written.
/// </summary>
internal sealed class PublishRequest : LaunchRequest
{
    /// <summary>Makes a request whose name is set later.</summary>
    public PublishRequest()
        : base(default)
    {
    }

    /// <summary>Makes a request for a channel.</summary>
    /// <param name="name">The channel's name and scope.</param>
    /// <param name="input">A file, an address or a device to play; null for the synthetic picture.</param>
    public PublishRequest(SharedName name, string? input = null)
        : base(name) => Input = input;

    /// <summary>A file, an address or a device to play; null for the synthetic picture.</summary>
    public string? Input { get; set; }

    /// <summary>A camera to publish: its name, identity, path or number, or a pattern that matches one; null: none.</summary>
    public string? Camera { get; set; }

    /// <summary>What opens the input or camera; null: <see cref="CaptureBackend.Auto"/>.</summary>
    public CaptureBackend? Backend { get; set; }

    /// <summary>ffmpeg's name of the input's format, such as v4l2 or dshow; null: found out.</summary>
    public string? InputFormat { get; set; }

    /// <summary>ffmpeg's options for the input, names without a dash.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> InputOptions { get; set; } = [];

    /// <summary>Pixels a row; null: as the source has them.</summary>
    public int? Width { get; set; }

    /// <summary>Rows; null: as the source has them.</summary>
    public int? Height { get; set; }

    /// <summary>Frames a second; null: as the source has them.</summary>
    public double? FrameRate { get; set; }

    /// <summary>How pixels lie in a frame; null: <see cref="PublishLimits.DefaultPixelFormat"/>.</summary>
    public PixelFormat? PixelFormat { get; set; }

    /// <summary>Slots of the channel; null: <see cref="PublishLimits.DefaultSlots"/>.</summary>
    public int? Slots { get; set; }

    /// <summary>End after this time; null: never.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>End after this many frames; null: never.</summary>
    public long? Frames { get; set; }

    /// <summary>Begin a file again when it ends.</summary>
    public bool Loop { get; set; }

    /// <summary>True: at the input's own speed; false: as fast as it can be read; null: the former for files.</summary>
    public bool? Pace { get; set; }

    /// <summary>A source that is silent for so long has failed; null: 5 s for what is live, 30 s for files.</summary>
    public TimeSpan? StallTimeout { get; set; }

    /// <summary>Name of a plain memory in the layout of the Rust crate winmmf that mirrors the frames; null: none.</summary>
    public string? MirrorName { get; set; }

    /// <summary>Accounts whose programs may open the mirror.</summary>
    public IReadOnlyList<string> MirrorAccess { get; set; } = [];

    /// <summary>How long a frame may wait for the mirror's lock; null: it is left out at once.</summary>
    public TimeSpan? MirrorWait { get; set; }

    /// <summary>Path of ffmpeg; null: searched.</summary>
    public string? Ffmpeg { get; set; }

    /// <summary>What readers are told about the source; null: what the source says of itself.</summary>
    public string? SourceLabel { get; set; }

    /// <summary>Full path of a file that the publisher writes its log to; null: none.</summary>
    public string? LogPath { get; set; }

    internal override string Verb => "publish";

    internal override string Subject => $"The publisher of {Name}";

    internal override string Missing => "had no frame";

    private protected override IReadOnlyList<string> NameArguments => ["--name", Name.Name, "--scope", ScopeArgument];

    /// <inheritdoc/>
    public override void Check()
    {
        if ((Width ?? 1) is < 1 or > FrameFormat.MaxDimension || (Height ?? 1) is < 1 or > FrameFormat.MaxDimension)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"A picture of {Width?.ToString() ?? "?"} × {Height?.ToString() ?? "?"} pixels is impossible. Give 1 to "
                    + $"{FrameFormat.MaxDimension} for each side.");
        CheckAll(PublishOptions.All);
        if (Input is not null && string.IsNullOrWhiteSpace(Input))
            throw Contradiction("The input is empty. Give a file, an address, or a device together with its input format.");
        CheckSource();
        if (Backend == CaptureBackend.OpenCv && (InputOptions.Count > 0 || Ffmpeg is not null))
            throw Contradiction("Input options and the path of ffmpeg are for ffmpeg, and the backend is OpenCv. Leave them out, "
                + "or choose the backend Ffmpeg.");
        if (Backend == CaptureBackend.OpenCv && PixelFormat is not (null or Format.Bgr24 or Format.Bgra32 or Format.Gray8))
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"OpenCV gives Bgr24, Bgra32 or Gray8, and not {PixelFormat}. Choose one of these, or the backend Ffmpeg.");
        if (MirrorName is null && (MirrorAccess.Count > 0 || MirrorWait is not null))
            throw Contradiction("Mirror access and mirror wait go with a mirror, and none is named. Name it, or give access to the "
                + "channel itself by read access.");
        if (MirrorName is null)
            return;

        // The name is checked as a name, too.
        SharedName mirror = new(MirrorName, Name.Scope);
        if (mirror == Name)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "The channel and its mirror cannot have one name. Choose two.");
        if (PixelFormat == Format.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                "A mirror has no room for a frame's length, so compressed frames cannot go there. Publish an uncompressed pixel format.");
    }

    private void CheckSource()
    {
        if (Camera is not null && string.IsNullOrWhiteSpace(Camera))
            throw Contradiction("The camera is empty. Give its name, id, path or number, or a pattern that matches one.");
        if (Camera is not null && (Input is not null || InputFormat is not null || Loop || Pace is not null))
            throw Contradiction("An input, an input format, loop and pace do not go with a camera, which is found by its name and has "
                + "its own speed. Leave them out.");
        if (Input is null && Camera is null && (InputFormat is not null || InputOptions.Count > 0 || Loop || Pace is not null
            || StallTimeout is not null || Backend is not null))
            throw Contradiction("Input format, input options, backend, loop, pace and stall timeout go with an input or a camera, and "
                + "none is given. The synthetic picture needs none of them.");
    }

    /// <summary>
    /// A text without what is secret in this request: user, password and query of the input, and the values of its options.
    /// </summary>
    public override string Hide(string text) => SecretSet.Of(Input, InputOptions).Hide(text);

    /// <summary>Makes the paths of files of this machine full, because the publisher works in another folder.</summary>
    internal override void ResolvePaths() => ResolvePaths(Environment.CurrentDirectory);

    /// <summary>Makes the paths of files of this machine full.</summary>
    /// <param name="folder">What they are relative to, by its full path.</param>
    internal void ResolvePaths(string folder)
    {
        try
        {
            // A device is named as its format likes it, unless it is a file.
            if (Input is not null && Input.IndexOf("://", StringComparison.Ordinal) < 0
                && (InputFormat is null || File.Exists(Path.Combine(folder, Input))))
                Input = Path.GetFullPath(Path.Combine(folder, Input));
            if (LogPath is not null)
                LogPath = Path.GetFullPath(Path.Combine(folder, LogPath));
            if (Ffmpeg is not null
                && (Ffmpeg.IndexOf(Path.DirectorySeparatorChar) >= 0 || Ffmpeg.IndexOf(Path.AltDirectorySeparatorChar) >= 0
                || File.Exists(Path.Combine(folder, Ffmpeg))))
                Ffmpeg = Path.GetFullPath(Path.Combine(folder, Ffmpeg));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A path of the request is impossible: {e.Message} Correct it.", 0, e);
        }
    }

    internal override ControlMessage ToMessage() => ToMessage(PublishOptions.All);

    internal override IReadOnlyList<string> ToArguments() => ToArguments(PublishOptions.All);

    /// <summary>Takes over what a message says.</summary>
    internal void Read(ControlMessage message) => Read(message, PublishOptions.All);

    private static WinMmfException Contradiction(string message) => new(WinMmfErrorId.InvalidArgument, message);
}

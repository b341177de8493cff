using System;
using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Launching;

/// <summary>All options of a publish request, one an entry.</summary>
internal static class PublishOptions
{
    private static readonly RequestOptionMaker<PublishRequest> Option = new();

    /// <summary>In the order in which help shows them.</summary>
    public static IReadOnlyList<RequestOption<PublishRequest>> All { get; } =
    [
        Option.Text("input", static r => r.Input, static (r, v) => r.Input = v)
            .With("FILE", "A video file, an address such as rtsp://..., or with --input-format a device.", "-i")
            .Called("path"),
        Option.Text("camera", static r => r.Camera, static (r, v) => r.Camera = v)
            .With("CAMERA", "A camera: its name, id, path or number, or a pattern that matches one; 'devices' lists them. It is found "
                + "again after it was unplugged, in whatever port."),
        Option.Choice("backend", static r => r.Backend, static (PublishRequest r, CaptureBackend v) => r.Backend = v)
            .With("BACKEND", "What opens the input: ffmpeg, opencv (a process of its own), or auto (default): ffmpeg where it is "
                + "installed, otherwise OpenCV."),
        Option.Text("input-format", static r => r.InputFormat, static (r, v) => r.InputFormat = v)
            .With("FORMAT", "The input is a device of this kind: v4l2 or dshow for cameras; ffmpeg's other formats, such as lavfi for "
                + "test pictures; for opencv also msmf."),
        new RequestOption<PublishRequest>(
            "input-option",
            RequestOptionForm.List,
            static r => Pairs(r.InputOptions),
            static (r, v) => r.InputOptions = [.. r.InputOptions, Pair(v)],
            value: RequestValue.Pair)
            .With("KEY=VALUE", "An ffmpeg option for the input, without its dash. May be given several times."),
        Option.Whole("width", static r => r.Width, static (r, v) => r.Width = Clamp(v), 1, PublishLimits.MostPixels)
            .With("PIXELS", "Width in pixels; a camera is asked for it, a file is scaled. "
                + $"Default: {PublishLimits.DefaultWidth}, or the input's own."),
        Option.Whole("height", static r => r.Height, static (r, v) => r.Height = Clamp(v), 1, PublishLimits.MostPixels)
            .With("PIXELS", $"Height in pixels, likewise. Default: {PublishLimits.DefaultHeight}, or the input's own."),
        Option.Number(
            "frame-rate",
            static r => r.FrameRate,
            static (r, v) => r.FrameRate = v,
            PublishLimits.LeastFrameRate,
            PublishLimits.MostFrameRate)
            .With("N", $"Frames a second. Default: {PublishLimits.DefaultFrameRate}, or the input's own.", "--fps"),
        Option.Choice(
            "pixel-format", static r => r.PixelFormat, static (PublishRequest r, PixelFormat v) => r.PixelFormat = v, PixelFormat.None)
            .With("FORMAT", "bgr24 (default), bgra32, gray8, yuy2, nv12, i420, or mjpg to pass an MJPEG input through undecoded."),
        Option.Whole("slots", static r => r.Slots, static (r, v) => r.Slots = Clamp(v), PublishLimits.LeastSlots, PublishLimits.MostSlots)
            .With("N", $"Frames kept at a time, {PublishLimits.LeastSlots} to {PublishLimits.MostSlots}; readers can lease all but two. "
                + $"Default: {PublishLimits.DefaultSlots}."),
        .. LaunchRequest.CommonOptions<PublishRequest>(),
        Option.Seconds("duration", static r => r.Duration, static (r, v) => r.Duration = v, 0, PublishLimits.MostSeconds)
            .With("SECONDS", "End after this time."),
        Option.Whole("frames", static r => r.Frames, static (r, v) => r.Frames = v, 1, long.MaxValue)
            .With("N", "End after this many frames."),
        Option.Switch("loop", static r => r.Loop, static (r, v) => r.Loop = v)
            .With("", "Begin a file again at its end."),
        Option.Toggle("pace", static r => r.Pace, static (r, v) => r.Pace = v)
            .With("", "At the input's own speed (default for files), or with --no-pace as fast as it can be read (default for the rest)."),
        Option.Seconds(
            "stall-timeout",
            static r => r.StallTimeout,
            static (r, v) => r.StallTimeout = v,
            PublishLimits.LeastStallTimeoutSec,
            PublishLimits.MostStallTimeoutSec)
            .With("SECONDS", "A source that is silent for so long has failed, and is started again if it is live or looped. "
                + $"Default: {PublishLimits.LiveStallTimeoutSec}, files {PublishLimits.FileStallTimeoutSec}."),
        Option.Text("mirror-name", static r => r.MirrorName, static (r, v) => r.MirrorName = v)
            .With("NAME", "Mirror each frame into this plain memory, for programs built on the Rust crate winmmf: lock word, then frame."),
        Option.Texts("mirror-access", static r => r.MirrorAccess, static (r, v) => r.MirrorAccess = v)
            .With("ACCOUNT", "Whose programs may open the mirror besides yours. They may also write it. May be given several times."),
        Option.Seconds("mirror-wait", static r => r.MirrorWait, static (r, v) => r.MirrorWait = v, 0, PublishLimits.MostMirrorWaitSec)
            .With("SECONDS", "How long a frame may wait for the mirror's lock. Default: 0, it is left out at once."),
        Option.Text("ffmpeg", static r => r.Ffmpeg, static (r, v) => r.Ffmpeg = v)
            .With("PATH", "Where ffmpeg is, if not on the PATH. The environment variable WINMMF_FFMPEG does the same."),
        Option.Text("source-label", static r => r.SourceLabel, static (r, v) => r.SourceLabel = v)
            .With("TEXT", "What readers are told about the source."),
        Option.Text("log-path", static r => r.LogPath, static (r, v) => r.LogPath = v)
            .With("FILE", "With --detached: write what happens to this file.", "--log"),
    ];

    /// <summary>What no int holds is for the range to refuse.</summary>
    private static int Clamp(long value) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, value));

    private static IEnumerable<string> Pairs(IReadOnlyList<KeyValuePair<string, string>> options)
    {
        foreach (KeyValuePair<string, string> option in options)
            yield return $"{option.Key}={option.Value}";
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        int equals = text.IndexOf('=');
        return equals > 0
            ? new(text.Substring(0, equals), text.Substring(equals + 1))
            : throw new WinMmfException(
                WinMmfErrorId.InvalidArgument, $"'{text}' is no option for the input. Write KEY=VALUE, such as rtsp_transport=tcp.");
    }
}

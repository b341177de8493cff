using System.Linq;
using WinMmf.Capture;
using WinMmf.Frames;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Launching;

namespace WinMmf.Publisher.Publishing;

/// <summary>Which source a request means.</summary>
internal static class SourceMaker
{
    /// <summary>Makes it; nothing is opened yet.</summary>
    public static FrameSource Make(PublishRequest request)
    {
        PixelFormat pixelFormat = request.PixelFormat ?? PublishLimits.DefaultPixelFormat;
        if (request.Camera is string camera)
            return new CameraSource(camera, found => UsesOpenCv(request) ? ByOpenCv(request, found) : ByFfmpeg(request, found));
        if (request.Input is null)
        {
            return new SyntheticSource(
                request.Width ?? PublishLimits.DefaultWidth,
                request.Height ?? PublishLimits.DefaultHeight,
                pixelFormat,
                request.FrameRate ?? PublishLimits.DefaultFrameRate);
        }

        if (UsesOpenCv(request))
            return new OpenCvSource(request.Name, OpenCvOptions(request, request.Input) with { InputFormat = request.InputFormat });
        return new FfmpegSource(FfmpegOptions(request, FfmpegInput.Parse(request.Input, request.InputFormat)));
    }

    private static OpenCvSource ByOpenCv(PublishRequest request, CameraInput camera) => new(
        request.Name, OpenCvOptions(request, camera.OpenCvName) with { InputFormat = camera.Format, Label = camera.Name });

    private static FfmpegSource ByFfmpeg(PublishRequest request, CameraInput camera) => new(
        FfmpegOptions(request, FfmpegInput.Of(camera)) with
        {
            TakesWhatIsGiven = true,
            AsksForJpeg = camera.NeedsJpeg(request.Width, request.Height, request.FrameRate)
                && !request.InputOptions.Any(static option => option.Key is "input_format" or "pixel_format" or "vcodec"),
        });

    private static OpenCvOptions OpenCvOptions(PublishRequest request, string input) =>
        new(input, request.PixelFormat ?? PublishLimits.DefaultPixelFormat)
        {
            Width = request.Width,
            Height = request.Height,
            FrameRate = request.FrameRate,
            Loop = request.Loop,
            Pace = request.Pace,
            StallTimeout = request.StallTimeout,
        };

    private static FfmpegOptions FfmpegOptions(PublishRequest request, FfmpegInput input) =>
        new(input, request.PixelFormat ?? PublishLimits.DefaultPixelFormat)
        {
            InputOptions = request.InputOptions,
            Width = request.Width,
            Height = request.Height,
            FrameRate = request.FrameRate,
            Loop = request.Loop,
            Pace = request.Pace,
            StallTimeout = request.StallTimeout,
            Program = request.Ffmpeg,
        };

    /// <summary>ffmpeg is the first choice, because it knows more formats and options; without it OpenCV opens what it can.</summary>
    private static bool UsesOpenCv(PublishRequest request) => (request.Backend ?? CaptureBackend.Auto) switch
    {
        CaptureBackend.OpenCv => true,
        CaptureBackend.Ffmpeg => false,
        _ => request.PixelFormat is null or PixelFormat.Bgr24 or PixelFormat.Bgra32 or PixelFormat.Gray8
            && request.Ffmpeg is null && request.InputOptions.Count == 0
            && FfmpegProgram.Find(out _) is null && OpenCvProgram.IsUsable(),
    };
}

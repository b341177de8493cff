using System.Collections.Generic;
using System.Globalization;
using WinMmf.Management.Cameras;

namespace WinMmf.Capture;

/// <summary>A camera as what opens it names it.</summary>
/// <param name="Name">The name that people know.</param>
/// <param name="Format">The way to it: v4l2 or dshow.</param>
/// <param name="FfmpegName">What ffmpeg opens.</param>
/// <param name="OpenCvName">What OpenCV opens: a path or a number.</param>
public sealed record CameraInput(string Name, string Format, string FfmpegName, string OpenCvName)
{
    private const string DirectShow = "dshow";

    /// <summary>What the camera can give; empty where the system does not say.</summary>
    internal IReadOnlyList<CameraFormat> Formats { get; init; } = [];

    /// <summary>
    /// ffmpeg takes DirectShow's own name of a device, which is unique and may hold any letter of a camera's name, with _ for each colon:
    /// a colon would begin the name of a microphone. OpenCV knows DirectShow's devices by their numbers alone.
    /// </summary>
    internal static CameraInput Of(FoundCamera camera) => camera.Format == DirectShow
        ? new CameraInput(camera.Name, camera.Format, "video=" + camera.Path.Replace(':', '_'), NumberOf(camera))
        : new CameraInput(camera.Name, camera.Format, camera.Path, camera.Path) { Formats = camera.Formats };

    /// <summary>True if the camera gives a size fast enough as JPEG pictures only.</summary>
    /// <param name="width">The width that is asked for; null: the camera's own, which it gives as it likes.</param>
    /// <param name="height">The height, likewise.</param>
    /// <param name="rate">Frames a second; null: fluent.</param>
    public bool NeedsJpeg(int? width, int? height, double? rate) =>
        width is int asked && height is int rows && CameraModes.NeedsJpeg(Formats, asked, rows, rate);

    private static string NumberOf(FoundCamera camera) => camera.Number.ToString(CultureInfo.InvariantCulture);
}

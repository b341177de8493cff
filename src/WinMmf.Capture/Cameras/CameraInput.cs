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

    /// <summary>
    /// ffmpeg takes DirectShow's own name of a device, which is unique and may hold any letter of a camera's name, with _ for each colon:
    /// a colon would begin the name of a microphone. OpenCV knows DirectShow's devices by their numbers alone.
    /// </summary>
    internal static CameraInput Of(FoundCamera camera) => camera.Format == DirectShow
        ? new CameraInput(camera.Name, camera.Format, "video=" + camera.Path.Replace(':', '_'), NumberOf(camera))
        : new CameraInput(camera.Name, camera.Format, camera.Path, camera.Path);

    private static string NumberOf(FoundCamera camera) => camera.Number.ToString(CultureInfo.InvariantCulture);
}

using System;
using System.IO;
using System.Text.RegularExpressions;
using WinMmf.Errors;

namespace WinMmf.Capture;

/// <summary>What OpenCV is to open: a file, numbered pictures, an address or a device.</summary>
internal sealed partial class OpenCvInput
{
    private OpenCvInput(OpenCvInputKind kind, string argument, string description, string format)
    {
        Kind = kind;
        Argument = argument;
        Description = description;
        Format = format;
    }

    public OpenCvInputKind Kind { get; }

    /// <summary>What OpenCV gets: a full path, an address, the path or number of a device.</summary>
    public string Argument { get; }

    /// <summary>Text for display, without a password.</summary>
    public string Description { get; }

    /// <summary>How a device is reached: v4l2, dshow, msmf; empty for the rest.</summary>
    public string Format { get; }

    /// <summary>True if it never ends by itself, so an end is a failure.</summary>
    public bool IsLive => Kind is OpenCvInputKind.Stream or OpenCvInputKind.Device;

    /// <summary>Makes sense of what the user named.</summary>
    /// <param name="text">A path, a pattern of numbered pictures, an address with <c>://</c>, or a device.</param>
    /// <param name="format">v4l2, dshow or msmf for a device; null for the rest.</param>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static OpenCvInput Parse(string text, string? format)
    {
        // Addresses and their secrets are understood in one place.
        if (format is null && text.Contains("://", StringComparison.Ordinal))
        {
            FfmpegInput address = FfmpegInput.Parse(text);
            return address.FilePath is string local
                ? File(local)
                : new OpenCvInput(OpenCvInputKind.Stream, text, address.Description, "");
        }

        if (format is not null)
        {
            return format is "v4l2" or "dshow" or "msmf"
                ? new OpenCvInput(OpenCvInputKind.Device, text, text, format)
                : throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                    $"OpenCV knows no devices of the kind '{format}', but v4l2 (Linux), dshow and msmf (Windows). Use one of these, or "
                        + "ffmpeg, which knows more.");
        }

        return text.StartsWith("/dev/video", StringComparison.Ordinal)
            ? new OpenCvInput(OpenCvInputKind.Device, text, text, "v4l2")
            : File(text);
    }

    /// <summary>Says what is missing of a file or of numbered pictures.</summary>
    /// <exception cref="WinMmfException">FileNotFound.</exception>
    public void RequireFile()
    {
        if (Kind == OpenCvInputKind.File && !System.IO.File.Exists(Argument))
        {
            throw new WinMmfException(
                WinMmfErrorId.FileNotFound,
                Directory.Exists(Argument) ? $"'{Argument}' is a folder and no video file." : $"The file '{Argument}' does not exist.",
                new ErrorFacts { Path = Argument });
        }

        if (Kind == OpenCvInputKind.Sequence && !Directory.Exists(Path.GetDirectoryName(Argument)))
        {
            throw new WinMmfException(
                WinMmfErrorId.FileNotFound,
                $"The folder of the pictures '{Argument}' does not exist.",
                new ErrorFacts { Path = Argument });
        }
    }

    private static OpenCvInput File(string text)
    {
        string path = Path.GetFullPath(text);

        // A file that is really called so is a file.
        bool isSequence = Number().IsMatch(Path.GetFileName(path)) && !System.IO.File.Exists(path);
        return new OpenCvInput(isSequence ? OpenCvInputKind.Sequence : OpenCvInputKind.File, path, Path.GetFileName(path), "");
    }

    [GeneratedRegex("%0?[0-9]*d")]
    private static partial Regex Number();
}

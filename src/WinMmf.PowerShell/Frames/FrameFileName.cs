using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Frames;

/// <summary>
/// Makes the name of a frame's file from what the user gave: a file, a folder, or a pattern such as <c>{Name}-{FrameNumber}.png</c>.
/// </summary>
internal static class FrameFileName
{
    private const string DefaultPattern = "{Name}-{FrameNumber:000000}";
    private const string RawPattern = DefaultPattern + "-{Width}x{Height}-{PixelFormat}";
    private static readonly Regex Placeholder = new(@"\{(?<what>[A-Za-z]+)(:(?<form>[^{}]*))?\}", RegexOptions.CultureInvariant);

    /// <summary>The full path of a frame's file.</summary>
    /// <param name="path">What the user gave.</param>
    /// <param name="toFullPath">Resolves drives and the current folder of PowerShell.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="format">Its format.</param>
    /// <param name="type">The kind of file asked for.</param>
    /// <exception cref="WinMmfException">InvalidArgument: an unknown placeholder, or a form that does not fit it.</exception>
    public static string Resolve(
        string path, Func<string, string> toFullPath, ISharedFrame frame, in FrameFormat format, FrameFileType type)
    {
        string full = toFullPath(Fill(path, frame, format));
        bool isFolder = Directory.Exists(full) || path.EndsWith("/", StringComparison.Ordinal)
            || path.EndsWith("\\", StringComparison.Ordinal);
        if (!isFolder)
            return full;

        // With its extension: a channel's name may contain dots, and the text after the last one is no file type.
        FrameFileType made = type != FrameFileType.Auto
            ? type
            : format.PixelFormat == PixelFormat.Mjpg ? FrameFileType.Jpeg : FrameFileType.Png;
        string extension = made == FrameFileType.Jpeg ? ".jpg" : "." + made.ToString().ToLowerInvariant();
        return Path.Combine(full, Fill(made == FrameFileType.Raw ? RawPattern : DefaultPattern, frame, format) + extension);
    }

    private static string Fill(string pattern, ISharedFrame frame, FrameFormat format) =>
        Placeholder.Replace(pattern, match => Value(match.Groups["what"].Value, match.Groups["form"], frame, format));

    private static string Value(string what, Group form, ISharedFrame frame, in FrameFormat format)
    {
        object value = what.ToUpperInvariant() switch
        {
            "NAME" => frame.Name,
            "FRAMENUMBER" => frame.FrameNumber,
            "WIDTH" => format.Width,
            "HEIGHT" => format.Height,
            "PIXELFORMAT" => format.PixelFormat,
            "TIME" => frame.CapturedAt,
            _ => throw Unfit($"{{{what}}} is not known"),
        };
        string wanted = form.Success ? form.Value : value is DateTime ? "yyyyMMdd-HHmmss-fff" : "";
        try
        {
            return Clean(value is IFormattable formattable
                ? formattable.ToString(wanted.Length > 0 ? wanted : null, CultureInfo.InvariantCulture)
                : (string)value);
        }
        catch (FormatException e)
        {
            throw Unfit($"'{wanted}' is no form for {{{what}}}: {e.Message}");
        }
    }

    /// <summary>
    /// A channel's name may have characters that no file on Windows may have; the same file name on all systems is worth more than those.
    /// </summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (char c in text)
            clean.Append(c < ' ' || "\\/:*?\"<>|".IndexOf(c) >= 0 ? '_' : c);
        return clean.ToString();
    }

    private static WinMmfException Unfit(string why) => new(
        WinMmfErrorId.InvalidArgument,
        $"The file name cannot be made: {why}. Known are {{Name}}, {{FrameNumber}}, {{Width}}, "
            + "{Height}, {PixelFormat} and {Time}, each with a form if wanted, such as {FrameNumber:000000}.");
}

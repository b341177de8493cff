using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Secrets;

namespace WinMmf.Capture;

/// <summary>What ffmpeg is to open: a file, an address, or a device by its input format.</summary>
public sealed class FfmpegInput
{
    private const string FileProtocol = "file:";
    private const string SchemeEnd = "://";

    private FfmpegInput(FfmpegInputKind kind, string argument, string description, string? format)
    {
        Kind = kind;
        Argument = argument;
        Description = description;
        Format = format;
    }

    /// <summary>File, stream or device.</summary>
    public FfmpegInputKind Kind { get; }

    /// <summary>What ffmpeg opens: behind <c>-i</c>, or in a script that it reads.</summary>
    public string Argument { get; }

    /// <summary>Text for display, without a password.</summary>
    public string Description { get; }

    /// <summary>The input format that was named, such as <c>v4l2</c> or <c>dshow</c>; null: ffmpeg finds out.</summary>
    public string? Format { get; }

    /// <summary>True if it never ends by itself, so an end is a failure.</summary>
    public bool IsLive => Kind != FfmpegInputKind.File;

    /// <summary>Path of a file; null for anything else.</summary>
    public string? FilePath => Kind == FfmpegInputKind.File ? Argument[FileProtocol.Length..] : null;

    /// <summary>Makes sense of what the user named.</summary>
    /// <param name="text">A path, an address with <c>://</c>, or what the input format takes.</param>
    /// <param name="format">Name of an ffmpeg input format; null to let ffmpeg find out.</param>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static FfmpegInput Parse(string text, string? format = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument, "The input is empty. Give a file, an address, or a device together with its input format.");
        if (format is not null && !IsFormatName(format))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{format}' is no name of an input format. ffmpeg -formats lists them; v4l2 and dshow are cameras.");

        int scheme = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme > 0 && !text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
            return FromAddress(text, scheme, format);
        if (format is not null && !IsReadable(text))
            return new FfmpegInput(FfmpegInputKind.Device, text, Redactor.Hide(text), format);

        string path = scheme > 0 ? new Uri(text).LocalPath : Path.GetFullPath(text);

        // With full path and protocol, ffmpeg cannot take a name for an option or for another protocol.
        return new FfmpegInput(FfmpegInputKind.File, FileProtocol + path, Path.GetFileName(path), format);
    }

    /// <summary>A camera, under the name that people know.</summary>
    /// <param name="camera">The camera.</param>
    public static FfmpegInput Of(CameraInput camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return new FfmpegInput(FfmpegInputKind.Device, camera.FfmpegName, camera.Name, camera.Format);
    }

    private static FfmpegInput FromAddress(string text, int scheme, string? format)
    {
        int begin = scheme + SchemeEnd.Length;
        int path = text.IndexOfAny(['/', '?', '#'], begin);
        string host = path < 0 ? text[begin..] : text[begin..path];
        if (path >= 0 && text.IndexOf('@', path) >= 0 && IsBeginOfPassword(host))
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                "The user or the password in the address contains / ? or #, so the host cannot be told from it. Write / as %2F, ? as %3F "
                    + "and # as %23 there.");
        }

        // Behind the path there is often a token.
        string shown = Redactor.Hide(text);
        int query = shown.IndexOfAny(['?', '#'], begin);
        shown = (query < 0 ? shown : shown[..query]).Replace($"{SchemeEnd}{Redactor.Mask}@", SchemeEnd, StringComparison.Ordinal);
        return new FfmpegInput(FfmpegInputKind.Stream, text, shown, format);
    }

    /// <summary>A host's part with a colon that no port follows, where no user part has ended yet.</summary>
    private static bool IsBeginOfPassword(string host)
    {
        if (host.Contains('@', StringComparison.Ordinal) || host.StartsWith('['))
            return false;
        int colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>A regular file stays a file although its format is named.</summary>
    private static bool IsReadable(string text)
    {
        try
        {
            return File.Exists(text) && (File.GetAttributes(text) & FileAttributes.Device) == 0
                && !text.StartsWith("/dev/", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsFormatName(string format)
    {
        foreach (char c in format)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or ',' or '-'))
                return false;
        }

        return format.Length > 0 && format[0] != '-';
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace WinMmf.Capture;

/// <summary>Which spelling of an option this version of ffmpeg understands.</summary>
internal static class FfmpegVersion
{
    private const string Head = "ffmpeg version ";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly Version FirstWithMode = new(5, 1);

    /// <summary>How to have frames passed on one by one, neither repeated nor left out.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string[] PassRate(FfmpegPrograms programs, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using ChildProgram child = ChildProgram.Start(programs.Ffmpeg, new FfmpegCommand(["-version"], null));
        using CancellationTokenRegistration stop = limited.Token.Register(child.RequestStop);
        using StreamReader reader = new(child.Output);
        string? first = reader.ReadLine();
        cancellationToken.ThrowIfCancellationRequested();
        return PassRate(first);
    }

    /// <summary>The same, from the first line that <c>ffmpeg -version</c> prints. A build without a number counts as current.</summary>
    internal static string[] PassRate(string? line)
    {
        Version? version = line is not null && line.StartsWith(Head, StringComparison.Ordinal) ? Parse(line[Head.Length..]) : null;
        return version is not null && version < FirstWithMode ? ["-vsync", "0"] : ["-fps_mode", "passthrough"];
    }

    private static Version? Parse(string text)
    {
        string[] parts = text.TrimStart('n', 'v').Split('.', '-', ' ', '+');
        return parts.Length > 1
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            ? new Version(major, int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) ? minor : 0)
            : null;
    }
}

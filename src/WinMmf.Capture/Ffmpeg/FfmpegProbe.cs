using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using WinMmf.Errors;

namespace WinMmf.Capture;

/// <summary>Asks ffprobe about an input.</summary>
internal static class FfmpegProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Size, rate and codec of an input's first video stream.</summary>
    /// <exception cref="WinMmfException">PublisherFailed: not a video, or ffprobe did not answer.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VideoProperties Ask(FfmpegPrograms programs, FfmpegInput input, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using ChildProgram child = ChildProgram.Start(programs.Ffprobe, arguments);
        using CancellationTokenRegistration stop = limited.Token.Register(child.RequestStop);
        using StreamReader reader = new(child.Output);
        string answer = reader.ReadToEnd();
        int exitCode = child.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (limited.IsCancellationRequested)
            throw new WinMmfException(WinMmfErrorId.PublisherFailed, $"ffprobe did not answer about '{input.Description}' within {Limit.TotalSeconds:0} s. Check the drive, the network or the device that it is on.");
        VideoProperties? properties = exitCode == 0 ? VideoProperties.TryParse(answer) : null;
        if (properties is not null)
            return properties;
        string why = input.Redact(child.LastErrors());
        throw new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            $"'{input.Description}' holds no video that ffmpeg can read{(why.Length > 0 ? $": {why}" : "")}. Check it with: ffprobe INPUT.",
            exitCode);
    }
}

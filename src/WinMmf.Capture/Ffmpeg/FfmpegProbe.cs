using System;
using System.IO;
using System.Threading;
using WinMmf.Diagnostics;

namespace WinMmf.Capture;

/// <summary>Asks ffprobe about a file.</summary>
internal static class FfmpegProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Size and rate of a file's first video stream.</summary>
    /// <exception cref="WinMmfException">PublisherFailed: not a video, or ffprobe did not answer.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VideoProperties Ask(FfmpegPrograms programs, string file, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using ChildProgram child = ChildProgram.Start(programs.Ffprobe,
        [
            "-v", "error", "-select_streams", "V:0",
            "-show_entries", "stream=width,height,avg_frame_rate,r_frame_rate:stream_side_data=rotation:stream_tags=rotate",
            "-of", "json", file,
        ]);
        using CancellationTokenRegistration stop = limited.Token.Register(child.RequestStop);
        using StreamReader reader = new(child.Output);
        string answer = reader.ReadToEnd();
        int exitCode = child.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (limited.IsCancellationRequested)
            throw new WinMmfException(WinMmfErrorId.PublisherFailed, $"ffprobe did not answer about '{file}' within {Limit.TotalSeconds:0} s. Check the drive or the network that the file is on.");
        VideoProperties? properties = exitCode == 0 ? VideoProperties.TryParse(answer) : null;
        if (properties is not null)
            return properties;
        string why = child.LastErrors();
        throw new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            $"'{file}' holds no video that ffmpeg can read{(why.Length > 0 ? $": {why}" : "")}. Check it with: ffprobe FILE.",
            exitCode);
    }
}

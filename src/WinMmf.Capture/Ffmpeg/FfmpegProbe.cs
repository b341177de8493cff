using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Secrets;

namespace WinMmf.Capture;

/// <summary>Asks ffprobe about an input.</summary>
internal static class FfmpegProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Size, rate and codec of an input's first video stream.</summary>
    /// <exception cref="WinMmfException">PublisherFailed: not a video, or ffprobe did not answer.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VideoProperties Ask(
        FfmpegPrograms programs, FfmpegInput input, FfmpegArguments arguments, SecretSet secrets, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using ChildProgram child = ChildProgram.Start(programs.Ffprobe, arguments.Probe());
        using CancellationTokenRegistration stop = limited.Token.Register(child.RequestStop);
        using StreamReader reader = new(child.Output);
        string answer = reader.ReadToEnd();
        int exitCode = child.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (limited.IsCancellationRequested)
            throw new WinMmfException(WinMmfErrorId.SourceUnreachable,
                $"ffprobe did not answer about '{input.Description}' within {Limit.TotalSeconds:0} s. Check the drive, the network or the "
                    + "device that it is on.");

        string words = secrets.Hide(child.LastErrors());
        VideoProperties? properties = exitCode == 0 ? VideoProperties.TryParse(answer) : null;

        // From a script an option that nothing understands is only warned of, whereas an argument of that kind is an error.
        if (properties is not null && !words.Contains("Unused options for", StringComparison.Ordinal))
            return properties;
        string format = arguments.IsFormatLeftOut
            ? " The input format cannot be forced where the address or an option holds a secret, so ffmpeg finds it out."
            : "";
        if (FfmpegFault.Find(words) is FfmpegFault fault)
            throw fault.ToException(input.Description, exitCode, format);
        string why = FfmpegFault.Tidy(words);
        throw FfmpegFault.Failure(
            WinMmfErrorId.PublisherFailed,
            $"'{input.Description}' holds no video that ffmpeg can read{(why.Length > 0 ? $": {why}" : "")}. Check it with: ffprobe "
                + $"INPUT.{format}",
            exitCode);
    }
}

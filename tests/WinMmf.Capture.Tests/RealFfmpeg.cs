using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using WinMmf.Errors;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>The machine's own ffmpeg, to compare with.</summary>
internal static class RealFfmpeg
{
    /// <summary>Skips the test where there is none.</summary>
    public static void Require()
    {
        try
        {
            FfmpegPrograms.Find();
        }
        catch (WinMmfException e)
        {
            Skip.If(true, e.Message);
        }
    }

    /// <summary>Runs it and gives its exit code.</summary>
    public static int TryRun(params string[] arguments)
    {
        using Process process = Process.Start(Ffmpeg(arguments))!;
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Hashes of the frames that ffmpeg itself writes.</summary>
    public static List<string> Decode(string file, int frameBytes, params string[] output)
    {
        using Process process = Process.Start(Ffmpeg(["-i", file, .. output, "-"]))!;
        List<string> hashes = [];
        byte[] frame = new byte[frameBytes];
        while (process.StandardOutput.BaseStream.ReadAtLeast(frame, frameBytes, throwOnEndOfStream: false) == frameBytes)
            hashes.Add(Convert.ToHexString(SHA256.HashData(frame)));
        process.WaitForExit();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        return hashes;
    }

    private static ProcessStartInfo Ffmpeg(IEnumerable<string> arguments) =>
        new(FfmpegPrograms.Find().Ffmpeg,
            [.. new[] { "-y", "-nostdin", "-loglevel", "quiet" }, .. arguments])
        { RedirectStandardOutput = true };
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A clip in one process, three readers in three others, and ffmpeg alone to compare with.</summary>
public sealed class ThreeReadersTests : IDisposable
{
    private const int Frames = 90;
    private const int FrameBytes = 320 * 180 * 3 / 2;
    private readonly string _clip = Path.Combine(Path.GetTempPath(), $"winmmf-{Guid.NewGuid():N}.mkv");

    public void Dispose() => File.Delete(_clip);

    [SkippableFact]
    public void Every_frame_is_what_ffmpeg_alone_decodes_in_order_and_losses_are_counted_exactly()
    {
        string[] expected = Decode();
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.StartWithRealFfmpeg(
            "publish", "--name", name, "--input", _clip, "--pixel-format", "i420", "--json", "--parent-stdin");
        publisher.WaitForEvent("created");
        using PublisherProcess every = Read(name, "--every");
        using PublisherProcess newest = Read(name);
        using PublisherProcess lease = Read(name, "--lease");
        PublisherProcess[] readers = [every, newest, lease];
        foreach (PublisherProcess reader in readers)
            reader.WaitForEvent("opened");
        publisher.Go();
        foreach (PublisherProcess reader in readers)
            Check(reader, expected);
        Assert.Equal(0, publisher.WaitForExit());
        JsonElement summary = PublisherProcess.Last(publisher.Lines, "summary");
        Assert.Equal((Frames, 0), (summary.GetProperty("published").GetInt32(), summary.GetProperty("dropped").GetInt32()));
    }

    private static PublisherProcess Read(string name, params string[] how) =>
        PublisherProcess.Start(["read", name, "--hash", "--json", "--timeout", "30", .. how]);

    private static void Check(PublisherProcess reader, string[] expected)
    {
        Assert.Equal(0, reader.WaitForExit());
        JsonElement[] frames = [.. reader.Lines.Where(static line => line.StartsWith("{\"event\":\"frame\"", StringComparison.Ordinal))
            .Select(PublisherProcess.Json)];
        Assert.NotEmpty(frames);
        int last = 0;
        int gaps = 0;
        foreach (JsonElement frame in frames)
        {
            int number = frame.GetProperty("number").GetInt32();
            Assert.True(number > last, $"{number} after {last}");
            Assert.Equal(expected[number - 1], frame.GetProperty("sha256").GetString());
            gaps += last == 0 ? 0 : number - last - 1;
            last = number;
        }

        JsonElement summary = PublisherProcess.Last(reader.Lines, "summary");
        Assert.Equal((frames.Length, gaps, 0, 0, last), (
            summary.GetProperty("read").GetInt32(),
            summary.GetProperty("skipped").GetInt32(),
            summary.GetProperty("torn").GetInt32(),
            summary.GetProperty("disordered").GetInt32(),
            summary.GetProperty("lastNumber").GetInt32()));
        Assert.Equal(Frames, last);
    }

    /// <summary>Makes the clip and gives the hashes of its frames.</summary>
    private string[] Decode()
    {
        string? ffmpeg = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"))
                .FirstOrDefault(File.Exists);
        Skip.If(ffmpeg is null, "ffmpeg is not on the PATH");
        using (Process make = Process.Start(ffmpeg,
            ["-nostdin", "-loglevel", "quiet", "-y", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30", "-frames:v", "90", "-pix_fmt",
            "yuv420p", _clip]))
            make.WaitForExit();
        using Process decode = Process.Start(new ProcessStartInfo(ffmpeg,
            ["-nostdin", "-loglevel", "quiet", "-i", _clip, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"])
        {
            RedirectStandardOutput =
            true
        })!;
        List<string> hashes = [];
        byte[] frame = new byte[FrameBytes];
        while (decode.StandardOutput.BaseStream.ReadAtLeast(frame, FrameBytes, throwOnEndOfStream: false) == FrameBytes)
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(frame)));
        decode.WaitForExit();
        Assert.Equal((Frames, Frames), (hashes.Count, hashes.Distinct().Count()));
        return [.. hashes];
    }
}

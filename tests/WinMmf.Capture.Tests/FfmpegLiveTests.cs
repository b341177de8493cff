using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>Devices, addresses and MJPEG with the real ffmpeg; skipped where there is none.</summary>
public sealed class FfmpegLiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_device_is_opened_by_its_format_and_read_until_it_is_stopped()
    {
        RealFfmpeg.Require();
        using FfmpegSource source = new(
            new FfmpegOptions(FfmpegInput.Parse("testsrc2=size=320x180:rate=25", "lavfi"), PixelFormat.Bgr24) { Width = 160, Height = 90 });
        source.Prepare(CancellationToken.None);
        Assert.True(source.CanRestart);
        using Channel channel = new();
        FramePump pump = channel.Pump(source, configure: static p => p.FrameLimit = 40);
        Assert.Equal((40, 160, 90), (pump.Published, channel.Last.Format.Width, channel.Last.Format.Height));
        Assert.Equal(40, channel.Hashes.Distinct().Count());
    }

    [SkippableFact]
    public void MJPEG_passes_through_as_ffmpeg_itself_takes_it_apart()
    {
        RealFfmpeg.Require();
        string clip = Path.Combine(_folder, "clip.avi");
        Assert.Equal(
            0, RealFfmpeg.TryRun("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-t", "2", "-c:v", "mjpeg", "-q:v", "3", clip));
        Assert.Equal(0, RealFfmpeg.TryRun("-i", clip, "-c:v", "copy", "-f", "image2", Path.Combine(_folder, "%04d.jpg")));
        List<string> expected = [.. Directory.GetFiles(_folder, "*.jpg").Order(StringComparer.Ordinal)
            .Select(static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];
        Assert.Equal(50, expected.Count);

        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Mjpg) { Pace = false });
        source.Prepare(CancellationToken.None);
        Assert.Equal((320, 240, 25), (source.Format.Width, source.Format.Height, source.FrameRate));
        using Channel channel = new();
        Assert.Equal(50, channel.Pump(source).Published);
        Assert.Equal(expected, channel.Hashes);
        Assert.Equal(
            (PixelFormat.Mjpg, 320, 240), (channel.Last.Format.PixelFormat, channel.Last.Format.Width, channel.Last.Format.Height));
    }

    [SkippableFact]
    public void Another_codec_cannot_pass_through()
    {
        RealFfmpeg.Require();
        string clip = Path.Combine(_folder, "clip.mkv");
        Assert.Equal(0, RealFfmpeg.TryRun("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25", "-t", "0.2", "-c:v", "ffv1", clip));
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Mjpg));
        WinMmfException e = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.InvalidFormat, e.ErrorId);
        Assert.Contains("is ffv1", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_address_that_ends_is_opened_again_in_the_same_channel()
    {
        RealFfmpeg.Require();
        string clip = Path.Combine(_folder, "clip.ts");
        Assert.Equal(0, RealFfmpeg.TryRun(
            "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "1", "-c:v", "mpeg2video", "-f", "mpegts", clip));
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(60));
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, File.ReadAllBytes(clip), end.Token);

        using FfmpegSource source = new(new FfmpegOptions($"http://{listener.LocalEndpoint}/live?token=secret", PixelFormat.I420));
        await Task.Run(() => source.Prepare(end.Token));
        Assert.Equal($"http://{listener.LocalEndpoint}/live", source.Description);
        using Channel channel = new();
        List<string> failures = [];
        FramePump pump = await Task.Run(() => channel.Pump(source, end.Token, p =>
        {
            p.RestartPause = TimeSpan.FromMilliseconds(50);
            p.Failed = e => failures.Add(e.Message);
            p.FrameLimit = 60;
        }));
        Assert.Equal(60, pump.Published);
        Assert.InRange(failures.Count, 2, 3);
        Assert.All(failures, static text => Assert.Contains("although the input has no end", text, StringComparison.Ordinal));
        List<string> expected = RealFfmpeg.Decode(clip, source.Format.PayloadLength, "-f", "rawvideo", "-pix_fmt", "yuv420p");
        Assert.Subset(expected.ToHashSet(), channel.Hashes.ToHashSet());
        await end.CancelAsync();
        await serving;
    }

    /// <summary>Sends the same bytes to each client, as a camera that is switched off after a second does.</summary>
    private static async Task ServeAsync(TcpListener listener, byte[] content, CancellationToken end)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(end);
                NetworkStream stream = client.GetStream();
                try
                {
                    await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: end);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\r\n"), end);
                    await stream.WriteAsync(content, end);
                }
                catch (IOException)
                {
                    // ffprobe has seen enough.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}

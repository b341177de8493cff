using System;
using System.Buffers.Binary;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

public sealed class FrameMeterTests
{
    [Fact]
    public async Task Measures_what_was_published()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        FrameMeter meter = new(stream);
        using CancellationTokenSource source = new();
        Task publishing = Task.Run(async () =>
        {
            for (byte i = 1; !source.IsCancellationRequested; i++)
            {
                // Frame by frame, so that two that follow each other are read; the first one is not counted.
                long before = meter.Frames;
                camera.Publish(i);
                for (int pauses = 0; pauses == 0 || (meter.Frames == before && pauses < 20); pauses++)
                    await Task.Delay(20);
            }
        });
        int progress = 0;
        meter.Run(TimeSpan.FromSeconds(30), 20, () => progress++, CancellationToken.None);
        await source.CancelAsync();
        await publishing;
        SharedFrameMeasurement result = meter.Report();
        Assert.Equal(20, result.Frames);
        Assert.InRange(result.FrameRate, 1, 60);
        Assert.True(result.LatencyP50Ms > 0 && result.LatencyP50Ms <= result.LatencyP99Ms && result.LatencyP99Ms <= result.LatencyMaxMs);
        Assert.True(result.JitterMs > 0 && result.LongestGapMs > 15);
        Assert.True(progress > 0);
        Assert.Null(result.Torn);
        Assert.Equal((16, 8, "Gray8"), (result.Width, result.Height, result.PixelFormat));
    }

    [Fact]
    public void Counts_frames_that_nobody_read_in_time()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        camera.Publish(1);
        FrameMeter meter = new(stream);
        byte published = 1;
        using CancellationTokenSource end = new();
        Assert.ThrowsAny<OperationCanceledException>(() => meter.Run(
            null,
            null,
            () =>
            {
                while (published < 12)
                    camera.Publish(++published);
                if (meter.Frames > 0)
                    end.Cancel();
            },
            end.Token));
        SharedFrameMeasurement result = meter.Report();
        Assert.Equal(11, result.Frames + result.Overruns);
    }

    [Fact]
    public void A_frame_of_the_test_picture_with_a_wrong_byte_is_torn()
    {
        using TestCamera camera = new();
        camera.Publish(Synthetic(1));
        using FrameStream stream = camera.Follow();
        FrameMeter meter = new(stream);
        byte[] torn = Synthetic(2);
        torn[100] ^= 1;
        int published = 0;
        meter.Run(
            null,
            2,
            () =>
            {
                // The next one once the one before it was read.
                if (published == meter.Frames)
                    camera.Publish(published++ == 0 ? torn : Synthetic(3));
            },
            CancellationToken.None);
        Assert.Equal((2, 1), (meter.Report().Frames, meter.Report().Torn));
    }

    [Fact]
    public void No_frame_at_all_is_a_result_too()
    {
        using TestCamera camera = new();
        using FrameStream stream = camera.Follow();
        FrameMeter meter = new(stream);
        meter.Run(TimeSpan.FromMilliseconds(100), null, () => { }, CancellationToken.None);
        SharedFrameMeasurement result = meter.Report();
        Assert.Equal((0, 0.0, 0.0), (result.Frames, result.FrameRate, result.LatencyP99Ms));
        Assert.Null(result.Width);
    }

    [Fact]
    public void Json_is_json()
    {
        SharedFrameMeasurement result = new() { Name = "a\"b\\c\u0001", Frames = 3, LatencyP50Ms = 0.12345, FrameRate = double.NaN };
        using JsonDocument json = JsonDocument.Parse(result.ToJson());
        Assert.Equal(result.Name, json.RootElement.GetProperty("name").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("frames").GetInt64());
        Assert.Equal(0.123, json.RootElement.GetProperty("latencyP50Ms").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("frameRate").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("torn").ValueKind);
        Assert.DoesNotContain('\n', result.ToJson());
    }

    [Theory]
    [InlineData(24)]
    [InlineData(128)]
    [InlineData(131)]
    public void A_whole_payload_is_told_from_a_torn_one(int length)
    {
        byte[] payload = Synthetic(7, length);
        Assert.True(SyntheticPayload.IsWhole(payload, length));
        payload[^1] ^= 0x80;
        Assert.False(SyntheticPayload.IsWhole(payload, length));
        Assert.False(SyntheticPayload.IsWhole(payload, 23));
    }

    /// <summary>A payload as protocol 14 describes it.</summary>
    private static byte[] Synthetic(ulong number, int length = 128)
    {
        byte[] padded = new byte[(length + 7) & ~7];
        new Random((int)number).NextBytes(padded.AsSpan(16, length - 16));
        ulong hash = 0xCBF29CE484222325 ^ number;
        for (int i = 16; i < padded.Length; i += 8)
            hash = unchecked((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(i))) * 0x00000100000001B3);
        BinaryPrimitives.WriteUInt64LittleEndian(padded, number);
        BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(8), hash);
        return padded[..length];
    }
}

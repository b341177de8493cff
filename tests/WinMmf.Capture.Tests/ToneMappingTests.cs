using System;
using System.IO;
using System.Threading;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>Clips with a high dynamic range that ffmpeg itself makes, of one grey each.</summary>
public sealed class ToneMappingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-hdr-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// 203 cd/m2 is the white of paper (BT.2408): 58 % in PQ, 75 % in HLG. Shown as a value of the narrow range, that of PQ is a
    /// grey of 150.
    /// </summary>
    [SkippableTheory]
    [InlineData("smpte2084", 580, true)]
    [InlineData("smpte2084", 580, false)]
    [InlineData("arib-std-b67", 721, true)]
    [InlineData("arib-std-b67", 721, false)]
    public void The_white_of_paper_is_bright_and_has_no_colour(string transfer, int luma, bool saysColours)
    {
        byte[] pixel = Show(transfer, luma, saysColours);
        Assert.All(pixel, value => Assert.InRange(value, 180, 225));
        Assert.Equal(pixel[0], pixel[1]);
        Assert.Equal(pixel[1], pixel[2]);
    }

    [SkippableFact]
    public void Brighter_light_than_a_frame_can_show_still_differs_from_white()
    {
        byte white = Show("smpte2084", 580, true)[0], lamp = Show("smpte2084", 700, true)[0], sun = Show("smpte2084", 900, true)[0];
        Assert.True(white + 20 < lamp && lamp <= sun, $"{white}, {lamp}, {sun}");
    }

    [SkippableFact]
    public void A_narrow_range_is_left_as_it_is() => Assert.All(Show("bt709", 580, true), value => Assert.InRange(value, 147, 153));

    [Theory]
    [InlineData(" ..C zscale V->V x\n TS. tonemap V->V x\n ... setparams V->V x\n", true)]
    [InlineData(" ..C zscale V->V x\n ... tonemap_opencl V->V x\n ... setparams V->V x\n", false)]
    [InlineData("Unknown option", false)]
    [InlineData("", false)]
    public void Filters_are_found_by_their_whole_names(string list, bool areThere) => Assert.Equal(areThere, ToneMapping.AreListed(list));

    private byte[] Show(string transfer, int luma, bool saysColours)
    {
        RealFfmpeg.Require();
        Skip.IfNot(ToneMapping.IsAvailable(FfmpegPrograms.Find(), CancellationToken.None), "this ffmpeg has no tone mapping");
        string clip = Path.Combine(_folder, $"{transfer}-{luma}-{saysColours}.mkv");
        string primaries = transfer == "bt709" ? "bt709" : "bt2020";
        string[] colours = saysColours
            ? ["-color_primaries", primaries, "-colorspace", transfer == "bt709" ? "bt709" : "bt2020nc", "-color_range", "tv"]
            : [];
        Assert.Equal(0, RealFfmpeg.TryRun(
        [
            "-f", "lavfi", "-i", "color=black:size=64x48:rate=10", "-t", "0.3", "-vf", $"format=yuv420p10le,geq=lum={luma}:cb=512:cr=512",
            "-c:v", "ffv1", "-pix_fmt", "yuv420p10le", "-color_trc", transfer, .. colours, clip,
        ]));
        using FfmpegSource source = new(new FfmpegOptions(clip, PixelFormat.Bgr24) { Pace = false });
        source.Prepare(CancellationToken.None);
        Assert.Empty(source.Notes);
        using Channel channel = new();
        Assert.Equal(3, channel.Pump(source).Published);
        return channel.LastBytes(3);
    }
}

using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using SkiaSharp;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Viewer.Pictures;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>What arrives is the picture that was published.</summary>
public sealed class PictureTests
{
    public static TheoryData<PixelFormat, int, int> Formats => new()
    {
        { PixelFormat.Bgr24, 323, 241 },
        { PixelFormat.Bgra32, 323, 241 },
        { PixelFormat.Gray8, 323, 241 },
        { PixelFormat.Yuy2, 322, 241 },
        { PixelFormat.Nv12, 322, 242 },
        { PixelFormat.I420, 322, 242 },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Png_has_each_pixel_exactly(PixelFormat pixelFormat, int width, int height)
    {
        (SKBitmap got, byte[] payload, FrameFormat format) = await FetchAsync(pixelFormat, width, height, "png");
        using (got)
        {
            // YUV is rounded in two ways: fixed point here, real numbers in the test.
            int tolerance = pixelFormat is PixelFormat.Bgr24 or PixelFormat.Bgra32 or PixelFormat.Gray8 ? 0 : 2;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    AssertNear(ReferencePixel.Of(format, payload, x, y), got.GetPixel(x, y), tolerance, x, y);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Jpeg_is_the_same_picture_within_what_jpeg_loses(PixelFormat pixelFormat, int width, int height)
    {
        (SKBitmap got, byte[] payload, FrameFormat format) = await FetchAsync(pixelFormat, width, height, "jpg");
        using (got)
        {
            double difference = 0;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    SKColor want = ReferencePixel.Of(format, payload, x, y);
                    SKColor is_ = got.GetPixel(x, y);
                    difference += Math.Abs(want.Red - is_.Red) + Math.Abs(want.Green - is_.Green) + Math.Abs(want.Blue - is_.Blue);
                }
            }

            // Red and blue exchanged, a full range taken for a limited one, or a plane that is off make 15 and more.
            Assert.InRange(difference / (3.0 * width * height), 0, 8);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.Bgra32)]
    [InlineData(PixelFormat.Yuy2)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.I420)]
    public unsafe void A_plain_colour_stays_itself_in_jpeg(PixelFormat pixelFormat)
    {
        FrameFormat format = FrameFormat.Packed(64, 48, pixelFormat);
        byte[] payload = ReferencePixel.Plain(format, red: 200, green: 60, blue: 30);
        using JpegEncoder encoder = new();
        fixed (byte* start = payload)
        {
            foreach (int width in new[] { 0, 32 })
            {
                using SKBitmap got = SKBitmap.Decode(encoder.Encode(format, (IntPtr)start, width));
                Assert.Equal(width == 0 ? 64 : 32, got.Width);
                Assert.Equal(width == 0 ? 48 : 24, got.Height);
                AssertNear(new SKColor(200, 60, 30), got.GetPixel(got.Width / 2, got.Height / 2), 6, 0, 0);
            }
        }
    }

    [Theory]
    [InlineData("0", 330)]
    [InlineData("1", 160)]
    [InlineData("160", 160)]
    [InlineData("161", 320)]
    [InlineData("640", 330)]
    [InlineData("4294967456", 330)]
    public async Task The_width_that_is_asked_for_is_rounded_up_and_makes_no_picture_larger(string wanted, int width)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(330, 240, PixelFormat.Bgr24);
        channel.Publish(format, TestChannel.Picture(format, 1));
        using SKBitmap got = SKBitmap.Decode(await viewer.Owner.GetByteArrayAsync($"/{channel.Name}.jpg?width={wanted}"));
        Assert.Equal(width, got.Width);
    }

    [SkippableTheory]
    [InlineData("", 320)]
    [InlineData("?scope=local", 320)]
    [InlineData("?scope=global", 640)]
    public async Task The_scope_says_which_of_two_channels_with_one_name(string query, int width)
    {
        Skip.If(OperatingSystem.IsWindows(), "Global names need a right of their own there.");
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel local = new();
        using TestChannel global = new(local.Name, NameScope.Global);
        FrameFormat small = FrameFormat.Packed(320, 240, PixelFormat.Gray8);
        FrameFormat large = FrameFormat.Packed(640, 480, PixelFormat.Gray8);
        local.Publish(small, TestChannel.Picture(small, 1));
        global.Publish(large, TestChannel.Picture(large, 1));
        foreach (string ending in new[] { "jpg", "png" })
        {
            using SKBitmap got = SKBitmap.Decode(await viewer.Owner.GetByteArrayAsync($"/{local.Name}.{ending}{query}"));
            Assert.Equal(width, got.Width);
        }
    }

    [Fact]
    public async Task A_compressed_frame_is_given_as_it_is_and_is_no_png()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        byte[] jpeg;
        using (SKBitmap bitmap = new(64, 48))
        using (SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90))
            jpeg = data.ToArray();
        channel.Publish(FrameFormat.Jpeg(64, 48, jpeg.Length), jpeg);
        Assert.Equal(jpeg, await viewer.Owner.GetByteArrayAsync($"/{channel.Name}.jpg"));
        using HttpResponseMessage png = await viewer.Owner.GetAsync($"/{channel.Name}.png");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, png.StatusCode);
    }

    [Fact]
    public async Task A_cameras_picture_without_huffman_tables_gets_them()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        byte[] head = [0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x04, 0x01, 0x02, 0xFF, 0xC0, 0x00, 0x03, 0x08];
        byte[] scan = [0xFF, 0xDA, 0x00, 0x03, 0x01, 0x55, 0xFF, 0xD9];
        byte[] bare = [.. head, .. scan];
        channel.Publish(FrameFormat.Jpeg(64, 48, bare.Length), bare);
        byte[] got = await viewer.Owner.GetByteArrayAsync($"/{channel.Name}.jpg");
        Assert.Equal(head, got[..head.Length]);
        Assert.Equal([0xFF, 0xC4], got[head.Length..(head.Length + 2)]);
        Assert.Equal(scan, got[^scan.Length..]);
        Assert.Equal(bare.Length + 420, got.Length);
    }

    [Fact]
    public async Task Who_has_a_frame_waits_for_the_next_one()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        channel.Publish(format, TestChannel.Picture(format, 1));
        using HttpResponseMessage first = await viewer.Owner.GetAsync($"/{channel.Name}.jpg");
        Assert.Equal("1", Header(first, "X-Frame-Number"));
        Task<HttpResponseMessage> next = viewer.Owner.GetAsync($"/{channel.Name}.jpg?after={Header(first, "X-Frame-Version")}");
        channel.Publish(format, TestChannel.Picture(format, 2));
        using HttpResponseMessage second = await next;
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("2", Header(second, "X-Frame-Number"));

        using HttpResponseMessage none = await viewer.Owner.GetAsync($"/{channel.Name}.jpg?after={Header(second, "X-Frame-Version")}");
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Theory]
    [InlineData("jpg?width=abc", "width")]
    [InlineData("jpg?width=-1", "width")]
    [InlineData("mjpeg?width=1e3", "width")]
    [InlineData("jpg?after=x", "after")]
    public async Task A_number_that_is_none_is_400_and_named(string address, string named)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        channel.Publish(format, TestChannel.Picture(format, 1));
        using HttpResponseMessage answer = await viewer.Owner.GetAsync($"/{channel.Name}.{address}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith($"{named} is a whole number", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("mjpeg")]
    public async Task A_channel_that_does_not_exist_is_404(string ending)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpResponseMessage answer = await viewer.Owner.GetAsync($"/{TestChannel.NewName()}.{ending}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    public async Task A_channel_without_a_frame_is_503(string ending)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        using HttpResponseMessage answer = await viewer.Owner.GetAsync($"/{channel.Name}.{ending}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("Größe.jpg")]
    [InlineData("100%&?#")]
    [InlineData("%2e")]
    public async Task Names_of_all_kinds_have_an_address(string part)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new(TestChannel.NewName() + part);
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        channel.Publish(format, TestChannel.Picture(format, 1));
        using HttpResponseMessage answer = await viewer.Stranger.GetAsync(await AccessTests.AddressOf(viewer, channel.Name, "png"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static async Task<(SKBitmap Got, byte[] Payload, FrameFormat Format)> FetchAsync(
        PixelFormat pixelFormat, int width, int height, string ending)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel channel = new();
        FrameFormat format = FrameFormat.Packed(width, height, pixelFormat);
        byte[] payload = TestChannel.Picture(format, 7);
        channel.Publish(format, payload);
        using HttpResponseMessage answer = await viewer.Owner.GetAsync($"/{channel.Name}.{ending}");
        Assert.Equal(ending == "png" ? "image/png" : "image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        SKBitmap got = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((width, height), (got.Width, got.Height));
        return (got, payload, format);
    }

    private static void AssertNear(SKColor want, SKColor got, int tolerance, int x, int y)
    {
        int most = Math.Max(Math.Abs(want.Red - got.Red), Math.Max(Math.Abs(want.Green - got.Green), Math.Abs(want.Blue - got.Blue)));
        Assert.True(most <= tolerance, string.Create(CultureInfo.InvariantCulture, $"At {x},{y}: {got} instead of {want}."));
    }
}

using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Imaging;
using WinMmf.Names;
using WinMmf.PowerShell.Frames;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

public sealed class FrameFileNameTests : IDisposable
{
    private static readonly FrameFormat Bgr = FrameFormat.Packed(640, 360, PixelFormat.Bgr24);
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-name-").FullName;

    public void Dispose() => Directory.Delete(_folder);

    [Theory]
    [InlineData("{Name}-{FrameNumber}.png", "Door-42.png")]
    [InlineData("{name}_{framenumber:00000}.bmp", "Door_00042.bmp")]
    [InlineData("{Width}x{Height}.{PixelFormat}.raw", "640x360.Bgr24.raw")]
    [InlineData("{Time:yyyy}.png", "2026.png")]
    [InlineData("plain", "plain")]
    public void Placeholders_are_filled(string pattern, string expected) => Assert.Equal(expected, Resolve(pattern, "Door", Bgr));

    [Theory]
    [InlineData(FrameFileType.Auto, "Door.1-000042.png")]
    [InlineData(FrameFileType.Bmp, "Door.1-000042.bmp")]
    [InlineData(FrameFileType.Jpeg, "Door.1-000042.jpg")]
    [InlineData(FrameFileType.Raw, "Door.1-000042-640x360-Bgr24.raw")]
    public void In_a_folder_each_frame_has_a_name_of_its_own(FrameFileType type, string expected)
    {
        Assert.Equal(Path.Combine(_folder, expected), Resolve(_folder, "Door.1", Bgr, type));
        Assert.Equal(Path.Combine("new/", expected), Resolve("new/", "Door.1", Bgr, type));
    }

    [Fact]
    public void A_compressed_frame_is_named_as_what_it_is() =>
        Assert.Equal(Path.Combine(_folder, "Door-000042.jpg"), Resolve(_folder, "Door", FrameFormat.Jpeg(640, 360, 100)));

    [Fact]
    public void No_character_of_a_channels_name_can_lead_elsewhere() => Assert.Equal("a_b_c_.png", Resolve("{Name}.png", "a:b?c*", Bgr));

    [Theory]
    [InlineData("{Nmae}.png")]
    [InlineData("{Time:%}.png")]
    public void What_cannot_be_filled_is_a_clear_error(string pattern)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Resolve(pattern, "Door", Bgr));
        Assert.Equal(WinMmfErrorId.InvalidArgument, e.ErrorId);
        Assert.Contains("{FrameNumber}", e.Message);
    }

    private static string Resolve(string path, string name, FrameFormat format, FrameFileType type = FrameFileType.Auto) =>
        FrameFileName.Resolve(path, static text => text, new Frame(name), format, type);

    private sealed class Frame(string name) : ISharedFrame
    {
        public string Name => name;

        public string Scope => "Local";

        public long FrameNumber => 42;

        public DateTime CapturedAt => new(2026, 11, 21, 12, 0, 0, DateTimeKind.Local);

        public void Use(Action<FrameFormat, IntPtr> work) => throw new NotSupportedException();
    }
}

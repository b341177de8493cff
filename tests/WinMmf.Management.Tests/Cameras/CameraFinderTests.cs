using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Management.Cameras;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Linux.Native;
using Xunit;

namespace WinMmf.Management.Tests.Cameras;

/// <summary>What sysfs, Video4Linux and Windows' device paths say of cameras, from recorded shapes.</summary>
public sealed class CameraFinderTests : IDisposable
{
    private const uint Capture = 0x8000_0000;
    private readonly string _root = Directory.CreateTempSubdirectory("winmmf-cameras-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public void Sysfs_says_name_vendor_product_serial_and_port()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sysfs is Linux's, made of symbolic links");
        Plug(0, "HD Webcam C270", index: 0, usb: ("1-2", "046d", "0825", "A1B2"), function: "1-2:1.0");
        Plug(1, "HD Webcam C270", index: 1, usb: ("1-2", "046d", "0825", "A1B2"), function: "1-2:1.0");
        Plug(10, "Cheap", index: 0, usb: ("1-3.4", "1bcf", "2b95", null), function: "1-3.4:1.0");
        Plug(2, "Virtual", index: 0, usb: null, function: "vivid.0");
        LinuxCameraFinder finder = new(_root, path => path.EndsWith("video1", StringComparison.Ordinal)
            ? Answer(new Driver { Card = "meta", Bus = "usb", Capabilities = 0x80_0000 })
            : Answer(new Driver { Card = "card", Bus = "platform:vivid-000", Capabilities = 1 }));
        IReadOnlyList<FoundCamera> found = finder.Find();

        // Video 1 gives no pictures but data about them.
        Assert.Equal([0, 2, 10], found.Select(static camera => camera.Number));
        Assert.Equal(
            ("HD Webcam C270", "046d", "0825", "A1B2", "1-2", 0),
            (found[0].Name, found[0].Vendor, found[0].Product, found[0].Serial, found[0].Port, found[0].Part));
        Assert.Equal(
            ["usb:046d:0825:A1B2", "v4l2:platform:vivid-000", "usb:1bcf:2b95@1-3.4"],
            CameraIdentity.Of(found));
        Assert.Equal($"{_root}/dev/video10", found[2].Path);
        Assert.All(found, static camera => Assert.Null(camera.Fault));
    }

    [SkippableFact]
    public void One_that_may_not_be_opened_is_listed_with_the_reason()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sysfs is Linux's, made of symbolic links");
        Plug(0, "Secret", index: 0, usb: null, function: "pci.0");
        FoundCamera camera = Assert.Single(
            new LinuxCameraFinder(_root, static _ => new VideoAnswer(Errno.EACCES, new VideoDevice(static (_, _) => 0))).Find());
        Assert.Contains("does not open", camera.Fault, StringComparison.Ordinal);
        Assert.Equal("Secret", camera.Name);
    }

    /// <summary>A device says what its maker likes, and its name reaches an administrator's terminal.</summary>
    [SkippableFact]
    public void What_a_device_calls_itself_reaches_no_terminal_as_it_is()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sysfs is Linux's, made of symbolic links");
        Plug(0, "evil\u001b[2J", index: 0, usb: ("1-2", "046d", "0825", "A\u202EB"), function: "1-2:1.0");
        FoundCamera camera = Assert.Single(
            new LinuxCameraFinder(_root, static _ => Answer(new Driver { Card = "card\u0007", Bus = "usb", Capabilities = 1 })).Find());
        Assert.Equal(("evil?[2J", "A?B"), (camera.Name, camera.Serial));
        Assert.Equal("card?", new Driver { Card = "card\u0007", Bus = "usb", Capabilities = 1 }.Read().Card);
    }

    [Fact]
    public void A_machine_without_cameras_has_none() => Assert.Empty(new LinuxCameraFinder(_root).Find());

    [Fact]
    public void Formats_sizes_and_rates_are_asked_for()
    {
        Driver driver = new()
        {
            Card = "HD Webcam",
            Bus = "usb-0000:00:14.0-2",
            Capabilities = 1,
            Formats = { ["MJPG"] = [(1280, 720, [30, 15]), (640, 480, [30])], ["YUYV"] = [(640, 480, [29.97])] },
        };
        VideoDevice device = driver.Read();
        Assert.Equal(("HD Webcam", "usb-0000:00:14.0-2", true), (device.Card, device.Bus, device.IsCamera));
        Assert.Equal(
            ["MJPG 1280x720 @ 30, 15", "MJPG 640x480 @ 30", "YUYV 640x480 @ 29.97"],
            device.Formats.Select(static format => format.ToString()));
    }

    [Fact]
    public void Of_a_range_of_sizes_the_usual_ones_and_its_ends_are_shown()
    {
        VideoDevice device = new Driver
        {
            Capabilities = 1,
            Formats = { ["YUYV"] = [(2, 1, []), (8192, 8192, [])] },
            IsStepwise = true,
        }.Read();
        Assert.Equal(
            ["2x1", "640x480", "1280x720", "1920x1080", "3840x2160", "8192x8192"],
            device.Formats.Select(static format => format.ToString()["YUYV ".Length..]));
    }

    [Fact]
    public void A_driver_that_never_says_no_more_does_not_keep_us_for_ever()
    {
        VideoDevice device = new((request, data) =>
        {
            if (data.Length == 104)
                BitConverter.GetBytes(1u).CopyTo(data, 84);
            return 0;
        });
        Assert.Equal(0, device.Read());
        Assert.NotEmpty(device.Formats);
    }

    [Theory]
    [InlineData(@"\\?\usb#vid_046d&pid_0825#A1B2#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", "046d", "0825", false, "A1B2")]
    [InlineData(@"\\?\usb#vid_046D&pid_0825#7&1a2b&0&3#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", "046d", "0825", false, "")]
    [InlineData(@"\\?\usb#vid_1bcf&pid_2b95&mi_00#6&1234abcd&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\glob", "1bcf", "2b95", true, "")]
    [InlineData(@"\\?\root#image#0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", "", "", false, "")]
    public void Windows_device_paths_say_vendor_product_and_serial(string path, string vendor, string product, bool isPart, string serial)
    {
        CameraInstance instance = CameraInstance.FromPath(path)!;
        Assert.Equal((vendor, product, isPart, serial), (instance.Vendor, instance.Product, instance.IsPart, instance.Serial));
        Assert.DoesNotContain("#", instance.Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@device:sw:{860BB310-5D01-11D0-BD3B-00A0C911CE86}\\{1}")]
    [InlineData(@"\\?\usb")]
    public void What_is_no_device_path_is_none(string path) => Assert.Null(CameraInstance.FromPath(path));

    private static VideoAnswer Answer(Driver driver)
    {
        VideoDevice device = driver.Read();
        return new VideoAnswer(0, device);
    }

    private void Plug(
        int number, string name, int index, (string Port, string Vendor, string Product, string? Serial)? usb, string function)
    {
        string bus = Path.Combine(_root, "sys", "devices", usb is null ? "platform" : Path.Combine("usb1", usb.Value.Port));
        string video = Directory.CreateDirectory(Path.Combine(bus, function, "video4linux", $"video{number}")).FullName;
        File.WriteAllText(Path.Combine(video, "name"), name + "\n");
        File.WriteAllText(Path.Combine(video, "index"), $"{index}\n");
        if (!Path.Exists(Path.Combine(video, "device")))
            File.CreateSymbolicLink(Path.Combine(video, "device"), Path.Combine("..", "..", "..", function));
        if (usb is (string, string vendor, string product, var serial))
        {
            File.WriteAllText(Path.Combine(bus, "idVendor"), vendor + "\n");
            File.WriteAllText(Path.Combine(bus, "idProduct"), product + "\n");
            if (serial is not null)
                File.WriteAllText(Path.Combine(bus, "serial"), serial + "\n");
        }

        string folder = Directory.CreateDirectory(Path.Combine(_root, "sys", "class", "video4linux")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, $"video{number}"), Path.GetRelativePath(folder, video));
    }

    /// <summary>Answers as a driver does: EINVAL behind the last of a list.</summary>
    private sealed class Driver
    {
        public string Card { get; init; } = "";

        public string Bus { get; init; } = "";

        public uint Capabilities { get; init; }

        public bool IsStepwise { get; init; }

        public Dictionary<string, (int Width, int Height, double[] Rates)[]> Formats { get; } = [];

        public VideoDevice Read()
        {
            VideoDevice device = new(Ask);
            Assert.Equal(0, device.Read());
            return device;
        }

        private int Ask(uint request, byte[] data)
        {
            int index = BitConverter.ToInt32(data, 0);
            switch (request & 0xFF)
            {
                case 0:
                    Encoding.UTF8.GetBytes(Card).CopyTo(data, 16);
                    Encoding.UTF8.GetBytes(Bus).CopyTo(data, 48);

                    // All of the device's nodes together can capture; what this one can counts.
                    BitConverter.GetBytes(Capture | 1).CopyTo(data, 84);
                    BitConverter.GetBytes(Capabilities).CopyTo(data, 88);
                    return 0;
                case 2 when index < Formats.Count:
                    Encoding.ASCII.GetBytes(Formats.Keys.ElementAt(index)).CopyTo(data, 44);
                    return 0;
                case 74 when IsStepwise && index == 0:
                    (int Width, int Height, double[] Rates)[] ends = Sizes(data, 4);
                    int[] numbers = [3, ends[0].Width, ends[1].Width, 2, ends[0].Height, ends[1].Height, 1];
                    Buffer.BlockCopy(numbers, 0, data, 8, 28);
                    return 0;
                case 74 when !IsStepwise && index < Sizes(data, 4).Length:
                    int[] size = [1, Sizes(data, 4)[index].Width, Sizes(data, 4)[index].Height];
                    Buffer.BlockCopy(size, 0, data, 8, 12);
                    return 0;
                case 75:
                    double[] rates = Sizes(data, 4).FirstOrDefault(size => size.Width == BitConverter.ToInt32(data, 8)).Rates ?? [];
                    if (index >= rates.Length)
                        return Errno.EINVAL;
                    int[] interval = [1, 1000, (int)Math.Round(rates[index] * 1000)];
                    Buffer.BlockCopy(interval, 0, data, 16, 12);
                    return 0;
                default:
                    return Errno.EINVAL;
            }
        }

        private (int Width, int Height, double[] Rates)[] Sizes(byte[] data, int offset) =>
            Formats[Encoding.ASCII.GetString(data, offset, 4)];
    }
}

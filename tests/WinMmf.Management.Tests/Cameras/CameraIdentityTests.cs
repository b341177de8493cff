using System;
using WinMmf.Errors;
using WinMmf.Management.Cameras;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Management.Tests.Cameras;

/// <summary>Which camera is which: by a serial number of its own, otherwise by its port, and never by a guess.</summary>
public sealed class CameraIdentityTests
{
    [Fact]
    public void A_serial_number_of_its_own_is_the_identity_and_the_port_does_not_matter()
    {
        FoundCamera camera = Usb("Cam", 0, "046D", "0825", "A1", "1-2");
        Assert.Equal(["usb:046d:0825:A1"], CameraIdentity.Of([camera]));
        FoundCamera elsewhere = Usb("Cam", 3, "046d", "0825", "A1", "2-1.4");
        AssertIs(CameraMatchKind.Found, elsewhere, Find("usb:046d:0825:A1", elsewhere, Usb("Cam", 1, "046d", "0825", "A2", "1-2")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SN0001")]
    public void Cameras_without_a_serial_number_of_their_own_are_told_apart_by_their_ports(string serial)
    {
        FoundCamera[] cameras = [Usb("Cam", 0, "1bcf", "2b95", serial, "1-2"), Usb("Cam", 2, "1bcf", "2b95", serial, "1-3")];
        Assert.Equal(["usb:1bcf:2b95@1-2", "usb:1bcf:2b95@1-3"], CameraIdentity.Of(cameras));
        AssertIs(CameraMatchKind.Found, cameras[1], Find("usb:1bcf:2b95@1-3", cameras));
    }

    [Fact]
    public void The_same_serial_number_of_another_model_says_nothing_against_one() => Assert.Equal(
        ["usb:0001:0001:X", "usb:0001:0002:X"],
        CameraIdentity.Of([Usb("A", 0, "0001", "0001", "X", "1-1"), Usb("B", 1, "0001", "0002", "X", "1-2")]));

    [Fact]
    public void Two_pictures_of_one_device_share_its_serial_number_rightly() => Assert.Equal(
        ["usb:0001:0001:X", "usb:0001:0001:X#1"],
        CameraIdentity.Of([Usb("A", 0, "0001", "0001", "X", "1-1"), Usb("A", 1, "0001", "0001", "X", "1-1", part: 1)]));

    [Fact]
    public void One_without_a_serial_number_that_moved_is_the_only_free_candidate()
    {
        FoundCamera moved = Usb("Cam", 0, "1bcf", "2b95", "", "1-4");
        AssertIs(CameraMatchKind.Moved, moved, Find("usb:1bcf:2b95@1-2", moved, Usb("Other", 1, "1bcf", "0001", "", "1-3")));
    }

    [Fact]
    public void Where_several_may_be_it_nobody_guesses()
    {
        FoundCamera[] cameras = [Usb("Cam", 0, "1bcf", "2b95", "", "1-4"), Usb("Cam", 1, "1bcf", "2b95", "", "1-5")];
        CameraMatch match = Find("usb:1bcf:2b95@1-2", cameras);
        Assert.Equal((CameraMatchKind.Ambiguous, null), (match.Kind, match.Camera));
        Assert.Equal(cameras, match.Candidates);

        // One of them is somebody else's.
        match = CameraIdentity.Find("usb:1bcf:2b95@1-2", cameras, camera => camera.Number != 0);
        AssertIs(CameraMatchKind.Moved, cameras[1], match);
        Assert.Equal(CameraMatchKind.Absent, CameraIdentity.Find("usb:1bcf:2b95@1-2", cameras, static _ => false).Kind);
    }

    [Fact]
    public void A_camera_with_a_serial_number_is_never_taken_for_another()
    {
        Assert.Equal(CameraMatchKind.Absent, Find("usb:1bcf:2b95:A1", Usb("Cam", 0, "1bcf", "2b95", "A2", "1-2")).Kind);
        Assert.Equal(CameraMatchKind.Absent, Find("usb:1bcf:2b95@1-2", Usb("Cam", 0, "1bcf", "2b95", "A2", "1-3")).Kind);
        Assert.Equal(CameraMatchKind.Absent, Find("usb:1bcf:2b95:A1").Kind);
    }

    [Fact]
    public void What_is_not_on_USB_is_known_by_its_bus()
    {
        FoundCamera virtualCamera = new("vivid", "/dev/video4", "v4l2", 4) { Port = "platform:vivid-000" };
        Assert.Equal(["v4l2:platform:vivid-000"], CameraIdentity.Of([virtualCamera]));
        AssertIs(CameraMatchKind.Found, virtualCamera, Find("v4l2:platform:vivid-000", virtualCamera));
        Assert.Equal(CameraMatchKind.Absent, Find("v4l2:platform:vivid-001", virtualCamera).Kind);
    }

    [Theory]
    [InlineData("usb:046d:0825:A1", 0)]
    [InlineData("/dev/video2", 2)]
    [InlineData("2", 2)]
    [InlineData("door", 0)]
    [InlineData("H*", 1)]
    [InlineData("?ate", 2)]
    public void A_person_names_one_by_id_path_number_name_or_pattern(string text, int number) =>
        Assert.Equal(number, CameraChoice.Choose(text, Three).Number);

    [Fact]
    public void What_names_none_or_several_is_refused_with_what_there_is()
    {
        WinMmfException none = Assert.Throws<WinMmfException>(() => CameraChoice.Choose("Roof", Three));
        Assert.Equal(WinMmfErrorId.CameraNotFound, none.ErrorId);
        Assert.Contains("Hall ('usb:046d:0825:A2')", none.Message, StringComparison.Ordinal);
        WinMmfException several = Assert.Throws<WinMmfException>(() => CameraChoice.Choose("*", Three));
        Assert.Equal(WinMmfErrorId.CameraAmbiguous, several.ErrorId);
        Assert.Contains("Gate is 'usb:1bcf:2b95@1-3'", several.Message, StringComparison.Ordinal);
        FoundCamera[] twins = [Usb("Cam", 0, "1bcf", "2b95", "", "1-2"), Usb("Cam", 1, "1bcf", "2b95", "", "1-3")];
        several = Assert.Throws<WinMmfException>(() => CameraChoice.Choose("cam", twins));
        Assert.Contains("usb:1bcf:2b95@1-3", several.Message, StringComparison.Ordinal);
        none = Assert.Throws<WinMmfException>(() => CameraChoice.Choose("cam", []));
        Assert.Contains("can see none", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_serial_number_that_is_no_longer_its_own_still_finds_the_only_free_one()
    {
        FoundCamera[] twins = [Usb("Cam", 0, "1bcf", "2b95", "A1", "1-2"), Usb("Cam", 1, "1bcf", "2b95", "A1", "1-3")];
        Assert.Equal(CameraMatchKind.Ambiguous, Find("usb:1bcf:2b95:A1", twins).Kind);
        AssertIs(CameraMatchKind.Moved, twins[1], CameraIdentity.Find("usb:1bcf:2b95:A1", twins, camera => camera.Number == 1));
    }

    [Fact]
    public void A_chosen_camera_is_found_again_by_its_identity_alone()
    {
        FoundCamera[] cameras = [Usb("Door", 5, "046d", "0825", "A1", "2-7"), Usb("Door", 0, "046d", "0825", "A9", "1-1")];
        Assert.Same(cameras[0], CameraChoice.Again("Door", "usb:046d:0825:A1", cameras));
        WinMmfException gone = Assert.Throws<WinMmfException>(() => CameraChoice.Again("Door", "usb:046d:0825:A1", [cameras[1]]));
        Assert.Equal(WinMmfErrorId.CameraNotFound, gone.ErrorId);
        FoundCamera[] twins = [Usb("Cam", 0, "1bcf", "2b95", "", "1-4"), Usb("Cam", 1, "1bcf", "2b95", "", "1-5")];
        WinMmfException several = Assert.Throws<WinMmfException>(() => CameraChoice.Again("Cam", "usb:1bcf:2b95@1-2", twins));
        Assert.Equal(WinMmfErrorId.CameraAmbiguous, several.ErrorId);
    }

    [Fact]
    public void A_channel_is_called_like_its_camera_and_like_its_identity_too_where_the_name_is_shared()
    {
        FoundCamera[] cameras =
        [
            Usb("HD Webcam: C270 (046d)", 0, "046d", "0825", "A1", "1-1"), Usb("K\u00fcche/Nord", 1, "046d", "0001", "", "1-2"),
            Usb("Cam", 2, "1bcf", "2b95", "", "1-3"), Usb("cam ", 3, "1bcf", "2b95", "", "1-4.2"),
            Usb("\u30ab\u30e1\u30e9", 4, "1", "2", "", "1-5"),
        ];
        Assert.Equal(
            ["HD-Webcam-C270-046d", "K-che-Nord", "Cam-usb-1bcf-2b95-1-3", "cam-usb-1bcf-2b95-1-4-2", "Camera"],
            Array.ConvertAll(cameras, camera => CameraNaming.ChannelName(camera, cameras)));
        Assert.All(cameras, camera => Assert.NotEqual(default, new SharedName(CameraNaming.ChannelName(camera, cameras), NameScope.Local)));
    }

    private static FoundCamera[] Three =>
    [
        Usb("Door", 0, "046d", "0825", "A1", "1-1"), Usb("Hall", 1, "046d", "0825", "A2", "1-2"), Usb("Gate", 2, "1bcf", "2b95", "", "1-3"),
    ];

    private static FoundCamera Usb(string name, int number, string vendor, string product, string serial, string port, int part = 0) =>
        new(name, $"/dev/video{number}", "v4l2", number) { Vendor = vendor, Product = product, Serial = serial, Port = port, Part = part };

    private static CameraMatch Find(string id, params FoundCamera[] cameras) => CameraIdentity.Find(id, cameras, static _ => true);

    private static void AssertIs(CameraMatchKind kind, FoundCamera camera, CameraMatch match)
    {
        Assert.Equal(kind, match.Kind);
        Assert.Same(camera, match.Camera);
    }
}

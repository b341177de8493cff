using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>A camera is looked for at each start, and a failure says what the system knows of it.</summary>
public sealed class CameraSourceTests
{
    private readonly List<FoundCamera> _cameras = [];
    private readonly List<Fake> _made = [];
    private Exception? _fault;

    [Fact]
    public void It_is_found_again_in_another_port_and_under_another_number()
    {
        _cameras.Add(Camera("Door", 0, "A1", "1-1"));
        using CameraSource source = Make("D*");
        source.Prepare(CancellationToken.None);
        source.Start(CancellationToken.None);
        Assert.Equal("Door", source.Description);
        Assert.Equal(1, Assert.Single(_made).Starts);
        Assert.True(source.CanRestart);

        // Another camera took its number, and has a name that matches as well.
        _cameras.Clear();
        _cameras.AddRange([Camera("Dark room", 0, "B7", "1-1"), Camera("Door", 4, "A1", "2-3")]);
        source.Start(CancellationToken.None);
        Assert.Equal("/dev/video4", _made[1].Camera.FfmpegName);
        Assert.True(_made[0].IsDisposed);
        Assert.False(_made[1].IsDisposed);
    }

    [Fact]
    public void One_that_is_gone_is_said_to_be_and_comes_back()
    {
        _cameras.Add(Camera("Door", 0, "A1", "1-1"));
        using CameraSource source = Make("Door");
        source.Prepare(CancellationToken.None);
        source.Start(CancellationToken.None);
        FoundCamera camera = _cameras[0];
        _cameras.Clear();
        _made[0].Fault = Failure(WinMmfErrorId.PublisherFailed);
        Assert.Equal(WinMmfErrorId.CameraNotFound, Assert.Throws<WinMmfException>(() => source.WaitNext()).ErrorId);
        Assert.Equal(WinMmfErrorId.CameraNotFound, Assert.Throws<WinMmfException>(() => source.Start(CancellationToken.None)).ErrorId);

        // What it was is still told.
        Assert.Equal((640, 480), (source.Format.Width, source.Format.Height));
        Assert.Equal(25, source.FrameRate);
        _cameras.Add(camera);
        source.Start(CancellationToken.None);
        Assert.True(source.WaitNext());
    }

    [Theory]
    [InlineData(WinMmfErrorId.SourceBusy)]
    [InlineData(WinMmfErrorId.SourceUnreachable)]
    [InlineData(WinMmfErrorId.PublisherFailed)]
    public void One_that_does_not_open_while_somebody_has_it_names_who(WinMmfErrorId id)
    {
        _cameras.Add(Camera("Door", 0, "A1", "1-1"));
        _cameras[0].Users = [new CameraUser(Environment.ProcessId, 1, "we"), new CameraUser(4711, 1, "cheese")];
        _fault = Failure(id);
        using CameraSource source = Make("0");
        WinMmfException busy = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.SourceBusy, busy.ErrorId);
        Assert.Contains("process 4711 (cheese)", busy.Message, StringComparison.Ordinal);
        Assert.Equal((4711, "cheese"), (busy.Facts.ProcessId, busy.Facts.Program));
    }

    [Fact]
    public void A_failure_of_another_kind_stays_what_it_is_whoever_has_the_camera()
    {
        _cameras.Add(Camera("Door", 0, "A1", "1-1"));
        _cameras[0].Users = [new CameraUser(4711, 1, "cheese")];
        _fault = Failure(WinMmfErrorId.InvalidFormat);
        using CameraSource source = Make("Door");
        Assert.Same(_fault, Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None)));

        // Our own child that is about to end is nobody else.
        _fault = Failure(WinMmfErrorId.SourceUnreachable);
        _cameras[0].Users = [new CameraUser(4712, Environment.ProcessId, "ffmpeg")];
        Assert.Same(_fault, Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None)));
    }

    [Fact]
    public void What_this_account_may_not_open_is_not_tried()
    {
        _cameras.Add(Camera("Door", 0, "A1", "1-1"));
        (_cameras[0].IsDenied, _cameras[0].Fault) = (true, "/dev/video0 does not open: Permission denied.");
        using CameraSource source = Make("Door");
        WinMmfException denied = Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None));
        Assert.Equal(WinMmfErrorId.AccessDenied, denied.ErrorId);
        Assert.Contains("'video'", denied.Message, StringComparison.Ordinal);
        Assert.Empty(_made);
    }

    [Fact]
    public void One_that_is_not_there_or_not_certain_is_not_opened()
    {
        using CameraSource source = Make("Door");
        Assert.Equal(WinMmfErrorId.CameraNotFound, Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None)).ErrorId);
        _cameras.AddRange([Camera("Door", 0, "", "1-1"), Camera("Door", 1, "", "1-2")]);
        Assert.Equal(WinMmfErrorId.CameraAmbiguous, Assert.Throws<WinMmfException>(() => source.Prepare(CancellationToken.None)).ErrorId);
        Assert.Empty(_made);
    }

    [Fact]
    public void What_a_camera_gives_in_another_way_is_noted()
    {
        List<string> notes = [];
        DeviceDifference.Note(notes, "Door", (640, 480, 30), (640, 480, 29.97));
        DeviceDifference.Note(notes, "Door", (null, null, null), (320, 240, 5));
        DeviceDifference.Note(notes, "Door", (640, 480, 30), (640, 480, 0));
        Assert.Empty(notes);
        DeviceDifference.Note(notes, "Door", (1000, null, 30), (960, 540, 15));
        Assert.Equal(
            [
                "'Door' was asked for 1000x? pixels and gives 960x540.",
                "'Door' was asked for 30 frames a second and says that it gives 15.",
            ],
            notes);
    }

    private static FoundCamera Camera(string name, int number, string serial, string port) =>
        new(name, $"/dev/video{number}", "v4l2", number) { Vendor = "046d", Product = "0825", Serial = serial, Port = port };

    private static WinMmfException Failure(WinMmfErrorId id) => new(id, "It does not work.");

    private CameraSource Make(string camera) => new(
        camera,
        input =>
        {
            Fake source = new(input) { Fault = _fault };
            _made.Add(source);
            return source;
        },
        () => _cameras);

    private sealed class Fake(CameraInput camera) : FrameSource
    {
        public CameraInput Camera { get; } = camera;

        public Exception? Fault { get; set; }

        public int Starts { get; private set; }

        public bool IsDisposed { get; private set; }

        public override FrameFormat Format => FrameFormat.Packed(640, 480, PixelFormat.Bgr24);

        public override double FrameRate => 25;

        public override string Description => Camera.Name;

        public override long CapturedAt => 0;

        public override void Prepare(CancellationToken cancellationToken) => Fail();

        public override void Start(CancellationToken cancellationToken) => Starts++;

        public override bool WaitNext()
        {
            Fail();
            return true;
        }

        public override int Fill(in FrameSlot slot) => 0;

        public override void Skip()
        {
        }

        protected override void Dispose(bool disposing) => IsDisposed = true;

        private void Fail()
        {
            if (Fault is not null)
                throw Fault;
        }
    }
}

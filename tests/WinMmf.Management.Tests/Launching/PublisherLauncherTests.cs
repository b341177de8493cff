using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Management.Tests.Launching;

public sealed class PublisherLauncherTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly ModuleProgram Program = PublisherProgram.Find(
        "", FakePublisher.Program, ManagementServices.Current);

    [Fact]
    public void Gives_the_process_id_of_a_publisher_that_is_ready_and_drains_what_it_writes() =>
        Assert.Equal(4711, Start(FakePublisher.Ready));

    [Fact]
    public void Passes_on_what_a_publisher_warned_of_before_it_was_ready() => Assert.Equal(
        ["It is slow.", "It is dark."],
        PublisherLauncher.Start(Program, new PublishRequest(new SharedName(FakePublisher.Ready, NameScope.Local)), Long).Warnings);

    [Fact]
    public void Passes_on_the_publishers_own_error()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start(FakePublisher.InUse));
        Assert.Equal(WinMmfErrorId.ChannelInUse, e.ErrorId);
        Assert.Equal("It is taken. Choose another.", e.Message);
    }

    [Fact]
    public void Takes_an_error_it_does_not_know_for_a_failure()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start(FakePublisher.Unknown));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Equal("A newer publisher says this.", e.Message);
    }

    [Fact]
    public void Reports_how_a_publisher_ended_that_said_nothing()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start(FakePublisher.Dies));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains("code 7", e.Message);
        Assert.Contains("cannot open the camera 'K\u00fcche \u30ab\u30e1\u30e9'", e.Message);
    }

    [Fact]
    public void Does_not_take_any_program_for_a_publisher()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start(FakePublisher.Garbage));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
    }

    [Fact]
    public void Reports_a_program_that_cannot_be_started()
    {
        string folder = Directory.CreateTempSubdirectory("winmmf-test").FullName;
        string noProgram = Path.Combine(folder, "program");
        File.WriteAllText(noProgram, "");
        try
        {
            WinMmfException e = Assert.Throws<WinMmfException>(() =>
                PublisherLauncher.Start(
                    PublisherProgram.Find("", noProgram, ManagementServices.Current),
                    new PublishRequest(new SharedName("x", NameScope.Local), null), Long));
            Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
            Assert.NotEqual(0, e.NativeErrorCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("quo\"te")]
    [InlineData("C:\\ends in\\")]
    [InlineData("a\\\\\"b")]
    [InlineData("$HOME `date` %TEMP% 'x' \"y\"")]
    [InlineData("ünï-cödé 日本 🎥")]
    [InlineData("--name")]
    [InlineData("two\r\nlines")]
    public void Lets_each_option_arrive_as_it_was_and_shows_none_of_them(string text)
    {
        PublishRequest request = new(new SharedName(FakePublisher.Echo, NameScope.Local), "rtsp://user:password@cam/" + text)
        {
            MirrorName = "mirror",
            MirrorAccess = [text, "last"],
            InputOptions = [new("headers", text), new("cookies", text)],
        };
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherLauncher.Start(Program, request, Long));
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(e.Message)).Split('\u241E');
        Assert.Equal(
            ["publish", "--name", FakePublisher.Echo, "--scope", "local", LaunchRequest.FromInputArgument], parts[0].Split('\u241F'));
        using MemoryStream message = new(Encoding.UTF8.GetBytes(parts[1]));
        PublishRequest arrived = new(request.Name);
        arrived.Read(ControlMessage.Read(message)!);
        Assert.Equal(request.ToArguments(), arrived.ToArguments());
        Assert.Equal(text, arrived.InputOptions[1].Value);
    }

    [Fact]
    public void A_request_that_makes_no_sense_starts_nothing()
    {
        PublishRequest request = new(new SharedName(FakePublisher.Echo, NameScope.Local)) { Slots = 99 };
        Assert.Equal(
            WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => PublisherLauncher.Start(Program, request, Long)).ErrorId);
        request = new(new SharedName(FakePublisher.Echo, NameScope.Local), new string('x', 70_000));
        Assert.Equal(
            WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(() => PublisherLauncher.Start(Program, request, Long)).ErrorId);
    }

    [Fact]
    public void Kills_what_is_not_ready_in_time() => AssertKilled((request, started) =>
    {
        // On a busy machine it takes its time until it hangs.
        foreach (int seconds in new[] { 3, 30 })
        {
            TimeSpan limit = TimeSpan.FromSeconds(seconds);
            WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherLauncher.Start(Program, request, limit));
            Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
            Assert.Equal((ErrorOperation.Start, limit), (e.Facts.Operation, e.Facts.Waited));
            if (File.Exists(started) && new FileInfo(started).Length > 0)
                break;
        }
    });

    [Fact]
    public void Kills_what_it_started_when_cancelled() => AssertKilled((request, started) =>
    {
        using CancellationTokenSource source = new();
        using Timer timer = new(_ =>
        {
            if (File.Exists(started) && new FileInfo(started).Length > 0)
                source.Cancel();
        }, null, 50, 50);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => PublisherLauncher.Start(Program, request, Long, source.Token));
        Assert.True(watch.Elapsed < Long / 2);
    });

    private static int Start(string behaviour) =>
        PublisherLauncher.Start(Program, new PublishRequest(new SharedName(behaviour, NameScope.Local), null), Long).ProcessId;

    /// <summary>A hanging publisher writes its process id into a file that its name names, in the folder for temporary files.</summary>
    private static void AssertKilled(Action<PublishRequest, string> start)
    {
        string name = $"{FakePublisher.Hangs}.{Guid.NewGuid():N}";
        string started = Path.Combine(Path.GetTempPath(), name);
        try
        {
            start(new PublishRequest(new SharedName(name, NameScope.Local), null), started);
            int processId = int.Parse(File.ReadAllText(started));
            Assert.DoesNotContain(processId, Process.GetProcesses().Select(process => process.Id));
        }
        finally
        {
            File.Delete(started);
        }
    }
}

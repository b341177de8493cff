using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class SignalTests
{
    [SkippableTheory]
    [InlineData(PublisherProcess.Interrupt)]
    [InlineData(PublisherProcess.Terminate)]
    [InlineData(PublisherProcess.Hangup)]
    public void A_signal_ends_publishing_cleanly_at_once(int signal)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "640", "--height", "480", "--json");
        string endpoint = publisher.WaitForEvent("created").GetProperty("endpoint").GetString()!;
        publisher.WaitForEvent("ready");
        Assert.True(File.Exists(endpoint));
        publisher.Signal(signal);
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Equal("Signal", PublisherProcess.Last(publisher.Lines, "summary").GetProperty("reason").GetString());
        Assert.False(File.Exists(endpoint));
        Assert.DoesNotContain(Directory.GetFiles("/dev/shm"),
            file => file.EndsWith("." + name, StringComparison.Ordinal) || file.Contains($".{name}.", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_reader_with_a_limit_says_that_it_was_interrupted()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        publisher.WaitForEvent("ready");
        using PublisherProcess limited = PublisherProcess.Start("read", name, "--frames", "100000", "--json");
        using PublisherProcess endless = PublisherProcess.Start("read", name, "--json");
        foreach ((PublisherProcess reader, int code) in new[] { (limited, 130), (endless, 0) })
        {
            reader.WaitForEvent("progress");
            reader.Signal(PublisherProcess.Interrupt);
            Assert.Equal(code, reader.WaitForExit());
            Assert.Equal("Interrupted", PublisherProcess.Last(reader.Lines, "summary").GetProperty("reason").GetString());
        }
    }

    [SkippableFact]
    public void A_signal_before_the_first_frame_is_a_clean_end_too()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "POSIX signals are sent here");
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", PublisherProcess.NewName(), "--width", "64", "--height", "48", "--json", "--parent-stdin");
        publisher.WaitForEvent("created");
        publisher.Signal(PublisherProcess.Terminate);
        Assert.Equal(0, publisher.WaitForExit());
    }

    [Fact]
    public void A_parent_that_goes_takes_its_child_with_it()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", "--name", name, "--width", "64", "--height", "48", "--json", "--parent-stdin");
        publisher.WaitForEvent("created");
        publisher.Go();
        publisher.WaitForEvent("ready");
        publisher.CloseInput();
        Assert.Equal(0, publisher.WaitForExit());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ffmpeg_ends_with_the_publisher_however_it_ends(bool killed)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "children are found in /proc");
        string? ffmpeg = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "ffmpeg"))
            .FirstOrDefault(File.Exists);
        Skip.If(ffmpeg is null, "ffmpeg is not on the PATH");
        string clip = Path.Combine(Path.GetTempPath(), PublisherProcess.NewName() + ".mkv");
        using (Process make = Process.Start(
            ffmpeg, ["-loglevel", "quiet", "-y", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-t", "1", clip]))
            make.WaitForExit();

        using PublisherProcess publisher = PublisherProcess.StartWithRealFfmpeg(
            "publish", "--name", PublisherProcess.NewName(), "--input", clip, "--loop", "--json");
        publisher.WaitForEvent("ready");
        int child = Children(publisher.Id)
            .Single(static id => Status(id.ToString(System.Globalization.CultureInfo.InvariantCulture), "Name:") == "ffmpeg");
        if (killed)
            publisher.KillHard();
        else
            publisher.Signal(PublisherProcess.Terminate);
        Until.True(() => !IsAlive(child), "ffmpeg outlives its publisher");
        if (!killed)
            Assert.Equal(0, publisher.WaitForExit());
        File.Delete(clip);
    }

    private static int[] Children(int parent) => [.. Directory.GetDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Where(name => Status(name!, "PPid:") == parent.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))];

    private static bool IsAlive(int process) =>
        Status(process.ToString(System.Globalization.CultureInfo.InvariantCulture), "State:") is string state && state[0] != 'Z';

    private static string? Status(string process, string field)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A publisher that outlives its shell takes nothing along: no lock, no pipe, no folder; and neither does its ffmpeg.</summary>
public sealed class InheritanceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-inherited-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_lock_and_a_pipe_of_the_caller_are_free_although_publisher_and_ffmpeg_live()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "descriptors are inherited so on Linux");
        using TemporaryClip clip = new("width=64 height=48 frames=1000000 live=1 fps=25");
        string name = PublisherProcess.NewName();
        string held = Path.Combine(_folder, "lock");

        // As a cron job does: a lock on one descriptor, its output on others, one of them a number that is not the usual one.
        Process shell = Shell(
            "exec 9>\"$LOCK\"; flock -n 9 || exit 3; exec 7>&1; exec 123>&1; "
            + "\"$PUBLISHER\" publish --name \"$NAME\" --input \"$INPUT\" --detached >\"$LOCK.out\" 2>&1 </dev/null &",
            ("LOCK", held), ("PUBLISHER", PublisherProcess.FileName), ("NAME", name), ("INPUT", clip.Address));
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        Assert.True(output.Wait(TimeSpan.FromSeconds(60)), "the caller's pipe stays open");
        Assert.True(shell.WaitForExit(TimeSpan.FromSeconds(30)));
        using FrameReader reader = FrameReader.Open(name, null, new FrameReaderOptions { WaitForChannel = TimeSpan.FromSeconds(30) });
        Assert.True(reader.Wait(5, TimeSpan.FromSeconds(30)));
        Assert.Equal(0, Exit(Shell("flock -n \"$LOCK\" true", ("LOCK", held))));

        int publisher = (int)reader.Inspect().Owner.ProcessId;
        int ffmpeg = clip.ProcessId;
        foreach (int process in new[] { publisher, ffmpeg })
        {
            Assert.Equal("/", new FileInfo($"/proc/{process}/cwd").LinkTarget);
            Assert.DoesNotContain(Descriptors(process), end => end.StartsWith(_folder, StringComparison.Ordinal));
        }

        Assert.All(Descriptors(publisher, 0, 1, 2), static end => Assert.Equal("/dev/null", end));
        Assert.All(Descriptors(ffmpeg, 0, 1, 2), static end => Assert.StartsWith("pipe:", end));
        PublisherProcess.Ask(reader.Inspect().ControlEndpoint, ControlClient.Stop);
    }

    [SkippableFact]
    public void The_launchers_pipes_are_closed_once_it_knows_and_the_folder_is_free()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is read here");
        string name = PublisherProcess.NewName();
        PublishRequest request = new(new SharedName(name, NameScope.Local)) { Width = 64, Height = 48 };
        LaunchedProgram launched = PublisherLauncher.Start(
            PublisherProgram.Find("", PublisherProcess.FileName, Management.Platform.Selection.ManagementServices.Current), request,
            TimeSpan.FromSeconds(60));
        Assert.False(launched.EndsWithSession);
        Assert.Equal("/", new FileInfo($"/proc/{launched.ProcessId}/cwd").LinkTarget);
        Until.True(() => Descriptors(launched.ProcessId, 0, 1, 2).All(static end => end == "/dev/null"), "a standard stream stays");
        Assert.DoesNotContain(Descriptors(launched.ProcessId), IsOurs);
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);

        // Pipes of its own it has; the ones of this process it must not.
        static bool IsOurs(string end) =>
            end.StartsWith("pipe:", StringComparison.Ordinal) && Descriptors(Environment.ProcessId).Contains(end);
    }

    [SkippableFact]
    public void In_the_foreground_a_lock_stays_with_the_publisher_and_ffmpeg_gets_none()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "descriptors are inherited so on Linux");
        using TemporaryClip clip = new("width=64 height=48 frames=1000000 live=1 fps=25");
        string name = PublisherProcess.NewName();
        string held = Path.Combine(_folder, "lock");
        using Process publisher = Shell(
            "exec 9>\"$LOCK\"; flock -n 9 || exit 3; exec \"$PUBLISHER\" publish --name \"$NAME\" --input \"$INPUT\"",
            ("LOCK", held), ("PUBLISHER", PublisherProcess.FileName), ("NAME", name), ("INPUT", clip.Address));
        _ = publisher.StandardOutput.ReadToEndAsync();
        using (FrameReader reader = FrameReader.Open(name, null, new FrameReaderOptions { WaitForChannel = TimeSpan.FromSeconds(30) }))
            Assert.True(reader.Wait(5, TimeSpan.FromSeconds(30)));
        Assert.NotEqual(0, Exit(Shell("flock -n \"$LOCK\" true", ("LOCK", held))));
        Assert.Contains(Descriptors(publisher.Id), end => end == held);
        Assert.DoesNotContain(Descriptors(clip.ProcessId), end => end == held);
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
        Assert.True(publisher.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [SkippableFact]
    public void What_a_shell_gives_as_the_input_reaches_ffmpeg()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/dev/fd is the shell's there");
        string? ffmpeg = Management.Ffmpeg.FfmpegProgram.Find(out _);
        Skip.If(ffmpeg is null, "needs ffmpeg");
        string clip = Path.Combine(_folder, "clip.avi");
        Assert.Equal(0, Exit(Shell(
            "\"$FFMPEG\" -loglevel error -f lavfi -i testsrc2=size=64x48 -frames:v 5 -c:v mjpeg \"$CLIP\"", ("FFMPEG", ffmpeg!),
                ("CLIP", clip))));
        using Process publisher = Shell(
            "exec 8<\"$CLIP\"; unset WINMMF_FFMPEG WINMMF_FFPROBE; "
                + "exec \"$PUBLISHER\" publish --name \"$NAME\" --input /dev/fd/8 --no-pace",
            ("CLIP", clip), ("PUBLISHER", PublisherProcess.FileName), ("NAME", PublisherProcess.NewName()));
        string output = publisher.StandardOutput.ReadToEnd();
        Assert.True(publisher.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal((0, true), (publisher.ExitCode, output.Contains("published 5", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Descriptors(int process, params int[] numbers)
    {
        string folder = $"/proc/{process}/fd";
        IEnumerable<string> paths = numbers.Length > 0 ? numbers.Select(number => $"{folder}/{number}") : Directory.GetFiles(folder);
        foreach (string path in paths)
        {
            string? end = null;
            try
            {
                end = new FileInfo(path).LinkTarget;
            }
            catch (IOException)
            {
                // It has been closed meanwhile.
            }

            if (end is not null)
                yield return end;
        }
    }

    private static int Exit(Process process)
    {
        using (process)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private static Process Shell(string script, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        start.Environment["WINMMF_FFMPEG"] = start.Environment["WINMMF_FFPROBE"] = PublisherProcess.FakeFfmpeg;
        return Process.Start(start)!;
    }
}

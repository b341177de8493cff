using System;
using System.IO;
using System.Linq;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Platform.Linux;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

public sealed class LinuxEnvironmentProbeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("winmmf-root-").FullName;

    public LinuxEnvironmentProbeTests() => Given.SkipUnlessLinux();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableTheory]
    [InlineData(null, null, EnvironmentStatus.Warning)]
    [InlineData("#RemoveIPC=yes", null, EnvironmentStatus.Warning)]
    [InlineData("RemoveIPC=no", null, EnvironmentStatus.Ok)]
    [InlineData("RemoveIPC=no", "RemoveIPC=yes", EnvironmentStatus.Warning)]
    [InlineData("RemoveIPC=yes", "[Login]\nRemoveIPC=no", EnvironmentStatus.Ok)]
    public void What_logind_removes_at_sign_out_is_found_in_its_files(string? main, string? later, EnvironmentStatus expected)
    {
        Directory.CreateDirectory(_root + "/run/systemd/seats");
        Directory.CreateDirectory(_root + "/etc/systemd/logind.conf.d");
        if (main is not null)
            File.WriteAllText(_root + "/etc/systemd/logind.conf", main);
        if (later is not null)
            File.WriteAllText(_root + "/etc/systemd/logind.conf.d/10-here.conf", later);
        LinuxEnvironmentProbe probe = new("/dev/shm", _root);

        Assert.Equal(expected, probe.ExamineSignOut(1000).Status);
        Assert.Equal(EnvironmentStatus.Ok, probe.ExamineSignOut(999).Status);
    }

    [SkippableFact]
    public void Without_logind_nothing_is_removed() =>
        Assert.Equal(EnvironmentStatus.Ok, new LinuxEnvironmentProbe("/dev/shm", _root).ExamineSignOut(1000).Status);

    [SkippableFact]
    public void Every_video_device_is_tried()
    {
        LinuxEnvironmentProbe probe = new("/dev/shm", _root);
        Assert.Equal([EnvironmentStatus.Warning], probe.ExamineCameras().Select(finding => finding.Status));

        Directory.CreateDirectory(_root + "/dev");
        File.WriteAllText(_root + "/dev/video0", "");
        File.CreateSymbolicLink(_root + "/dev/video1", "/nowhere");
        Assert.Equal([EnvironmentStatus.Ok, EnvironmentStatus.Warning], probe.ExamineCameras().Select(finding => finding.Status));
    }

    [SkippableFact]
    public void Who_has_a_device_open_now_is_named()
    {
        Directory.CreateDirectory(_root + "/dev");
        File.WriteAllText(_root + "/dev/video0", "");
        File.WriteAllText(_root + "/dev/video2", "");
        foreach (int descriptor in new[] { 7, 8 })
        {
            Directory.CreateDirectory(_root + "/proc/4711/fd");
            File.CreateSymbolicLink(_root + $"/proc/4711/fd/{descriptor}", _root + "/dev/video2");
        }

        File.WriteAllText(_root + "/proc/4711/comm", "ffmpeg\n");
        Directory.CreateDirectory(_root + "/proc/sys/fd");

        EnvironmentFinding[] cameras = [.. new LinuxEnvironmentProbe("/dev/shm", _root).ExamineCameras()];

        Assert.Equal([EnvironmentStatus.Ok, EnvironmentStatus.Warning], cameras.Select(finding => finding.Status));
        Assert.Contains("in use now by process 4711 (ffmpeg).", cameras[1].Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_place_that_is_no_file_system_fails_with_the_remedy()
    {
        EnvironmentFinding[] findings = [.. new LinuxEnvironmentProbe(_root + "/none", _root).ExamineMemory()];
        Assert.Equal(EnvironmentStatus.Failed, findings.Single(finding => finding.Check == EnvironmentCheck.SharedMemory).Status);
        Assert.Equal(EnvironmentStatus.Failed, findings.Single(finding => finding.Check == EnvironmentCheck.GlobalScope).Status);
    }
}

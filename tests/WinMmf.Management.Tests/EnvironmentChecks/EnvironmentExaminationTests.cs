using System;
using System.IO;
using System.Linq;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Examination;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.EnvironmentChecks;

public sealed class EnvironmentExaminationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-environment-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void This_machine_is_looked_at_once_for_each_check_and_each_fault_has_a_remedy()
    {
        EnvironmentFinding[] findings = [.. EnvironmentExamination.Run(_folder)];
        foreach (EnvironmentCheck check in new[] { EnvironmentCheck.Process, EnvironmentCheck.Publisher, EnvironmentCheck.SharedMemory,
            EnvironmentCheck.GlobalScope, EnvironmentCheck.Leftovers, EnvironmentCheck.Ffmpeg })
            Assert.Single(findings, finding => finding.Check == check);
        Assert.Contains(findings, finding => finding.Check == EnvironmentCheck.Camera);
        Assert.All(findings, finding => Assert.Equal(
            finding.Status is EnvironmentStatus.Warning or EnvironmentStatus.Failed, finding.Remedy is not null));
        Assert.Equal(EnvironmentStatus.Ok, findings.Single(finding => finding.Check == EnvironmentCheck.SharedMemory).Status);
    }

    [Fact]
    public void Every_check_is_made_on_either_system_and_in_order()
    {
        FakePlatform platform = new();
        EnvironmentFinding[] findings = [.. EnvironmentExamination.Run(platform, _folder, "PowerShell 5.1 (Desktop edition)")];

        // The system's own probe adds the rest; what it says is passed on as it is.
        Assert.Equal(
            [
                EnvironmentCheck.Process, EnvironmentCheck.Publisher, EnvironmentCheck.SharedMemory, EnvironmentCheck.LockedMemory,
                    EnvironmentCheck.Leftovers,
                EnvironmentCheck.Ffmpeg, EnvironmentCheck.OpenCv, EnvironmentCheck.Camera,
            ],
            findings.Select(finding => finding.Check));
        Assert.Contains("PowerShell 5.1 (Desktop edition)", findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("a fake session", findings[0].Message, StringComparison.Ordinal);
        Assert.Same(platform.Finding, findings[2]);
        Assert.Contains("Not held: SeLockMemoryPrivilege", findings[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_the_system_refuses_is_unknown_and_stops_nothing()
    {
        EnvironmentFinding[] findings = [.. EnvironmentExamination.Run(new FakePlatform { RefusesPrivileges = true }, _folder)];
        Assert.Equal(EnvironmentStatus.Unknown, findings.Single(finding => finding.Check == EnvironmentCheck.LockedMemory).Status);
        Assert.Equal(EnvironmentCheck.Camera, findings[^1].Check);
    }

    [Fact]
    public void OpenCv_is_optional_but_not_half()
    {
        Assert.Equal(EnvironmentStatus.Ok, EnvironmentExamination.ExamineOpenCv((string?)null).Status);
        Assert.Equal(EnvironmentStatus.Ok, EnvironmentExamination.ExamineOpenCv(_folder).Status);
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "opencv")).FullName;
        File.WriteAllText(Path.Combine(folder, "WinMmf.Capture.OpenCv.dll"), "");
        EnvironmentFinding half = EnvironmentExamination.ExamineOpenCv(_folder);
        Assert.Equal(EnvironmentStatus.Failed, half.Status);
        Assert.NotNull(half.Remedy);
        Directory.CreateDirectory(Path.Combine(folder, "runtimes"));
        File.WriteAllText(Path.Combine(folder, "runtimes", "libOpenCvSharpExtern.so"), "");
        Assert.Equal(EnvironmentStatus.Ok, EnvironmentExamination.ExamineOpenCv(_folder).Status);
    }

    [Fact]
    public void A_folder_without_a_publisher_fails_and_one_with_it_does_not()
    {
        Assert.Equal(EnvironmentStatus.Failed, Publisher().Status);
        Directory.CreateDirectory(Path.Combine(_folder, "publisher"));

        // An assembly needs dotnet, which a Windows without the SDK does not have.
        string suffix = ManagementServices.Current.ProgramSuffix;
        File.WriteAllText(Path.Combine(_folder, "publisher", "WinMmf.Publisher" + (suffix.Length > 0 ? suffix : ".dll")), "");
        Assert.Equal(EnvironmentStatus.Ok, Publisher().Status);

        EnvironmentFinding Publisher() =>
            EnvironmentExamination.Run(_folder).Single(finding => finding.Check == EnvironmentCheck.Publisher);
    }

    [Fact]
    public void A_32_bit_process_is_warned()
    {
        Assert.Equal(EnvironmentStatus.Warning, EnvironmentExamination.ExamineProcess(4, "session").Status);
        EnvironmentFinding usual = EnvironmentExamination.ExamineProcess(8, "session");
        Assert.Equal(EnvironmentStatus.Ok, usual.Status);
        Assert.StartsWith("64-bit", usual.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_leftover_is_named()
    {
        Given.SkipUnlessLinux();
        WinMmf.Names.SharedName name = Given.NewName();
        LinuxGiven.LeaveBehind(name);
        EnvironmentFinding finding = EnvironmentExamination.Run(_folder).Single(f => f.Check == EnvironmentCheck.Leftovers);
        Assert.Equal(EnvironmentStatus.Warning, finding.Status);
        Assert.True(Given.Platform.Sections.TryReclaim(name));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(".exe", true)]
    public void Ffmpeg_is_what_is_named_or_else_the_first_on_the_path(string suffix, bool relativeEntry)
    {
        string program = Path.Combine(_folder, "ffmpeg" + suffix);
        string path = (relativeEntry ? "." + Path.PathSeparator : "") + Path.Combine(_folder, "none") + Path.PathSeparator + _folder;
        Assert.Null(FfmpegProgram.Find(null, null, path, suffix, out string? fault));
        Assert.Contains("PATH", fault, StringComparison.Ordinal);

        File.WriteAllText(program, "");
        Assert.Equal(program, FfmpegProgram.Find(null, null, path, suffix, out fault));
        Assert.Null(fault);
        Assert.Equal(program, FfmpegProgram.Find(null, program, "", suffix, out _));
        Assert.Null(FfmpegProgram.Find(null, program + "x", path, suffix, out fault));
        Assert.Contains(FfmpegProgram.Variable, fault, StringComparison.Ordinal);

        // What the user gives comes before all that, as a path or as a name, with the ending or without.
        Assert.Equal(program, FfmpegProgram.Find(Path.Combine(_folder, "ffmpeg"), "nothing", "", suffix, out _));
        Assert.Equal(program, FfmpegProgram.Find("ffmpeg", "nothing", path, suffix, out _));
        Assert.Null(FfmpegProgram.Find("absent", program, path, suffix, out fault));
        Assert.Equal("'absent' is not on the PATH", fault);
    }

    [Fact]
    public void The_current_folder_decides_neither_about_a_name_nor_about_a_variable()
    {
        // A name without a folder is looked for along the PATH, whatever lies in the current folder; so is the one in a variable.
        string here = Path.GetFileName(Directory.GetFiles(".")[0]);
        Assert.Null(FfmpegProgram.Find(here, null, "", "", out _));
        Assert.Null(FfmpegProgram.Find(null, here, ".", "", out _));

        // A variable's relative path would mean another program in another folder.
        Assert.Null(FfmpegProgram.Find(null, Path.Combine(".", here), "", "", out string? fault));
        Assert.Contains("no full path", fault, StringComparison.Ordinal);
        Assert.Equal(Path.GetFullPath(here), FfmpegProgram.Find(Path.Combine(".", here), null, "", "", out _));
    }

    [Fact]
    public void An_ffmpeg_that_others_can_change_is_a_warning_that_names_them()
    {
        string program = Path.Combine(_folder, "ffmpeg");
        File.WriteAllText(program, "");
        string? before = Environment.GetEnvironmentVariable(FfmpegProgram.Variable);
        try
        {
            Environment.SetEnvironmentVariable(FfmpegProgram.Variable, program);
            FakePlatform platform = new() { ProgramTrust = new FakeTrust { Writer = new ForeignWriter(_folder, "mallory") } };
            EnvironmentFinding finding = EnvironmentExamination.Run(platform, _folder).Single(f => f.Check == EnvironmentCheck.Ffmpeg);
            Assert.Equal(EnvironmentStatus.Warning, finding.Status);
            Assert.Contains($"mallory can change '{_folder}'", finding.Message, StringComparison.Ordinal);
            Assert.Contains(_folder, finding.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(FfmpegProgram.Variable, before);
        }
    }
}

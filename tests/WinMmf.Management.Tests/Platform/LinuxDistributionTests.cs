using System;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Platform.Linux;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

public sealed class LinuxDistributionTests
{
    [Theory]
    [InlineData("ID=debian\n", "sudo apt-get install ffmpeg")]
    [InlineData("NAME=x\nID_LIKE=\"ubuntu debian\"\nID=linuxmint", "sudo apt-get install ffmpeg")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "sudo dnf install ffmpeg (from RPM Fusion)")]
    [InlineData("ID=fedora", "sudo dnf install ffmpeg-free")]
    [InlineData("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", "sudo zypper install ffmpeg")]
    [InlineData("ID=alpine", "sudo apk add ffmpeg")]
    [InlineData("ID=arch", "sudo pacman -S ffmpeg")]
    [InlineData("ID=own", "the package ffmpeg with the package manager")]
    [InlineData("", "the package ffmpeg with the package manager")]
    public void How_to_get_ffmpeg_depends_on_the_distribution(string release, string command) =>
        Assert.Contains(command, LinuxDistribution.HowToInstall("ffmpeg", release));

    [Fact]
    public void The_text_names_a_way_to_install_and_the_variable()
    {
        Assert.Contains(FfmpegProgram.Variable, FfmpegProgram.HowToGet);
        Assert.StartsWith(FfmpegProgram.HowToInstall, FfmpegProgram.HowToGet);
        Assert.EndsWith(".", FfmpegProgram.HowToInstall);
    }
}

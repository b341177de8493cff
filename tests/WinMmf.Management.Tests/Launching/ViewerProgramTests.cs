using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Remedies;
using WinMmf.Management.Tests.EnvironmentChecks;
using Xunit;

namespace WinMmf.Management.Tests.Launching;

public sealed class ViewerProgramTests : IDisposable
{
    private readonly string _module = Directory.CreateTempSubdirectory("winmmf-test").FullName;

    public void Dispose() => Directory.Delete(_module, recursive: true);

    [Fact]
    public void It_is_in_a_folder_of_its_own_beside_the_module()
    {
        string file = Add("WinMmf.Viewer");
        Assert.Equal(file, ViewerProgram.Find(_module, null, new FakePlatform()).FileName);
    }

    [Fact]
    public void A_package_without_it_is_said()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => ViewerProgram.Find(_module, null, new FakePlatform()));
        Assert.Equal((WinMmfErrorId.ProgramNotFound, ViewerProgram.BaseName), (e.ErrorId, e.Facts.Program));
        Assert.Contains(ViewerProgram.Variable, SystemRemedy.FindViewer, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_another_account_can_change_is_not_started()
    {
        string file = Add("WinMmf.Viewer");
        FakePlatform platform = new() { ProgramTrust = new FakeTrust { Writer = new ForeignWriter(file, "mallory") } };
        WinMmfException e = Assert.Throws<WinMmfException>(() => ViewerProgram.Find(_module, null, platform));
        Assert.Equal((WinMmfErrorId.ProgramNotTrusted, "mallory"), (e.ErrorId, e.Facts.Account));
    }

    [SkippableTheory]
    [InlineData("echo no message", "makes no sense")]
    [InlineData("echo it broke >&2; exit 3", "ended with code 3 before it was ready. It said: it broke")]
    [InlineData("printf 'WINMMF/1 READY\\n\\n'", "no address")]
    [InlineData("printf 'WINMMF/1 READY\\naddress: file:///etc/passwd\\n\\n'", "no address")]
    public void What_is_no_viewer_is_said(string script, string expected)
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "The stand-in is a shell script.");
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start(script, TimeSpan.FromSeconds(60)));
        Assert.Equal(WinMmfErrorId.ViewerFailed, e.ErrorId);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_failure_that_the_viewer_tells_keeps_its_id()
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "The stand-in is a shell script.");
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => Start("printf 'WINMMF/1 FAILED InvalidArgument\\nmessage: Port 80 cannot be used.\\n\\n'", TimeSpan.FromSeconds(60)));
        Assert.Equal((WinMmfErrorId.InvalidArgument, "Port 80 cannot be used."), (e.ErrorId, e.Message));
    }

    [SkippableFact]
    public void One_that_does_not_answer_is_ended()
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "The stand-in is a shell script.");
        string mark = Path.Combine(_module, "pid");
        WinMmfException e = Assert.Throws<WinMmfException>(() => Start($"echo $$ >{mark}; exec sleep 600", TimeSpan.FromSeconds(2)));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        string process = "/proc/" + File.ReadAllText(mark).Trim();
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(process), TimeSpan.FromSeconds(60)));
    }

    [SkippableFact]
    public void The_answer_becomes_an_object()
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "The stand-in is a shell script.");
        StartedViewer viewer = Start(
            "printf 'WINMMF/1 READY\\naddress: http://127.0.0.1:9/?token=1\\nopened: false\\nreason: No.\\ntunnel: ssh x\\n\\n'",
            TimeSpan.FromSeconds(60));
        Assert.Equal(("http://127.0.0.1:9/?token=1", false, "No.", "ssh x"),
            (viewer.Address.OriginalString, viewer.IsOpened, viewer.Reason, viewer.TunnelCommand));
    }

    private StartedViewer Start(string script, TimeSpan timeout)
    {
        string file = Add("WinMmf.Viewer");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        return ViewerLauncher.Start(
            ViewerProgram.Find(_module, null, ManagementServices.Current), "a", "Local", 0, opensBrowser: true, timeout,
                CancellationToken.None);
    }

    private string Add(string file)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_module, "viewer")).FullName, file);
        File.WriteAllText(path, "");
        return path;
    }
}

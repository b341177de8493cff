using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Management.Tests.Control;

public sealed class ControlClientTests
{
    [Fact]
    public void A_channel_without_a_pipe_and_a_pipe_that_is_gone_are_told()
    {
        Assert.Equal(WinMmfErrorId.PublisherUnreachable,
            Assert.Throws<WinMmfException>(() => ControlClient.Send("", "", new ControlMessage(ControlClient.Status))).ErrorId);
        string absent = OperatingSystem.IsWindows() ? "winmmf-0123456789abcdef" : Path.Combine(Path.GetTempPath(), "winmmf-absent.sock");
        Assert.Equal(WinMmfErrorId.PublisherUnreachable,
            Assert.Throws<WinMmfException>(() => ControlClient.Send(absent, "", new ControlMessage(ControlClient.Status))).ErrorId);
    }
}

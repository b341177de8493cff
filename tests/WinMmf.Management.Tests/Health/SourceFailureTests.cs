using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Health;
using Xunit;

namespace WinMmf.Management.Tests.Health;

public sealed class SourceFailureTests
{
    [Theory]
    [InlineData(WinMmfErrorId.CameraNotFound, "Absent")]
    [InlineData(WinMmfErrorId.FileNotFound, "Absent")]
    [InlineData(WinMmfErrorId.CameraAmbiguous, "Ambiguous")]
    [InlineData(WinMmfErrorId.SourceBusy, "Busy")]
    [InlineData(WinMmfErrorId.NoBandwidth, "NoBandwidth")]
    [InlineData(WinMmfErrorId.AccessDenied, "NoPermission")]
    [InlineData(WinMmfErrorId.SourceUnreachable, "Unreachable")]
    [InlineData(WinMmfErrorId.PublisherFailed, "Failed")]
    public void A_failed_source_is_as_its_error_says(WinMmfErrorId id, string state) =>
        Assert.Equal(state, SourceFailure.StateOf(ChannelState.Failed, SourceFailure.Describe(id, "it: is so")).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the drive is gone")]
    [InlineData("CameraNotFound")]
    [InlineData("76: a number is no id")]
    [InlineData("cameranotfound: other letters")]
    public void What_has_no_id_is_only_a_failure(string? text) =>
        Assert.Equal(SourceState.Failed, SourceFailure.StateOf(ChannelState.Failed, text));

    [Theory]
    [InlineData(ChannelState.Starting, "Opening")]
    [InlineData(ChannelState.Live, "Running")]
    [InlineData(ChannelState.Stalled, "Unknown")]
    [InlineData(ChannelState.Stopped, "Ended")]
    [InlineData(ChannelState.Dead, "Dead")]
    public void An_old_failure_says_nothing_of_a_source_that_is_back(ChannelState channel, string state) =>
        Assert.Equal(state, SourceFailure.StateOf(channel, "CameraNotFound: unplugged").ToString());
}

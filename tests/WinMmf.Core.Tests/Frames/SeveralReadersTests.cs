using System;
using System.Globalization;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

public sealed class SeveralReadersTests
{
    private const int Last = 400;
    private const int Width = 256;

    [Fact]
    public void Three_readers_in_processes_of_their_own_one_without_a_row_one_holding_a_lease_and_nothing_is_dropped() =>
        PublishTo(static () => Peer.Start(), "ro", static _ => { }, static _ => { }, static _ => { });

    [SkippableFact]
    public void A_reader_that_may_write_nothing_and_a_stopped_one_cost_the_publisher_no_frame()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SIGSTOP and file modes are Linux's.");
        PublishTo(
            LinuxGiven.StartAsOther,
            "rw",
            static name => Assert.NotNull(LinuxGiven.Run("chmod", "600", LinuxGiven.PartOf(name, "door.1"))),
            static stopped => Signal(stopped, "-STOP"),
            static stopped => Signal(stopped, "-CONT"));
    }

    private static void PublishTo(
        Func<Peer> startWithoutRights, string asksFor, Action<SharedName> takeRights, Action<Peer> stop, Action<Peer> goOn)
    {
        SharedName name = Given.NewName(NameScope.Global);
        FrameFormat format = FrameFormat.Packed(Width, Width, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)
        {
            PayloadCapacity = format.PayloadLength,
            Access = new AccessPolicy(["Everyone"]),
        });
        takeRights(name);
        Publish(writer, format);

        using Peer reader = Peer.Start();
        using Peer withoutRights = startWithoutRights();
        using Peer stopped = Peer.Start();
        Assert.Equal("row", reader.Must("reader", "r", name.Name, name.Scope, "rw")[1]);
        Assert.Equal("none", withoutRights.Must("reader", "r", name.Name, name.Scope, asksFor)[1]);
        stopped.Must("reader", "r", name.Name, name.Scope, "rw");
        stopped.Must("hold-lease", "r");
        stop(stopped);

        reader.Tell("follow", "r", Last, format.PayloadLength);
        withoutRights.Tell("follow", "r", Last, format.PayloadLength);
        while (writer.Counters.Published < Last)
        {
            Publish(writer, format);
            Thread.Sleep(1);
        }

        foreach (Peer peer in new[] { reader, withoutRights })
        {
            string[] answer = peer.Answer();
            Assert.Equal("ok", answer[0]);
            Assert.InRange(int.Parse(answer[1], CultureInfo.InvariantCulture), 2, Last);
            Assert.Equal("0", answer[3]);
        }

        Assert.Equal(0, writer.Counters.Dropped);
        goOn(stopped);
        stopped.Must("end-lease");
    }

    private static void Publish(FrameWriter writer, FrameFormat format)
    {
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        slot.Span.Fill((byte)slot.FrameNumber);
        writer.Publish(slot);
    }

    private static void Signal(Peer peer, string signal) =>
        Assert.NotNull(LinuxGiven.Run("kill", signal, LinuxGiven.Text(peer.ProcessId)));
}

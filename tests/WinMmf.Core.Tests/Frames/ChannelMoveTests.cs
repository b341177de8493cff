using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Tests.Platform;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// Somebody removes the files of a living channel: logind at sign-out, a resource tracker, a person (protocol section 11).
/// </summary>
public sealed class ChannelMoveTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [SkippableTheory]
    [InlineData("control")]
    [InlineData("folder")]
    [InlineData("owner")]
    [InlineData("pixels.1")]
    [InlineData("door.1")]
    [InlineData("all")]
    public void A_publisher_whose_names_were_removed_makes_them_anew_and_its_readers_follow(string what)
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish(3);
        using FrameReader reader = channel.OpenReader();
        Assert.True(reader.TryLeaseNewest(out FrameLease lease));
        Remove(channel.Name, what);

        // Frames go on meanwhile; within a second or so new readers find the channel again.
        Assert.True(Given.Soon(() =>
        {
            channel.Publish();
            return IsWhole(channel.Name);
        }));
        Assert.Equal(1, channel.Writer.Counters.Moves);
        Assert.Equal(2, channel.Writer.Epoch);
        using FrameReader late = channel.OpenReader();
        Assert.True(late.HasRegistryRow);

        // The old reader's lease lies in the old memory, and stays as it is.
        for (int i = 0; i < 10; i++)
            channel.Publish();
        Assert.True(lease.Span.IndexOfAnyExcept((byte)3) < 0);
        Assert.True(lease.End());
        long number = channel.Publish();
        Assert.True(reader.Wait(number - 1, Long));
        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo info));
        Assert.Equal(number, info.FrameNumber);
        Assert.Equal((byte)number, data[0]);
        Assert.True(Given.Soon(() =>
        {
            reader.Wait(long.MaxValue, TimeSpan.FromMilliseconds(20));
            return reader.HasRegistryRow;
        }));
        Assert.Equal(2, LinuxGiven.FilesOf(channel.Name).Length);
    }

    [SkippableFact]
    public async Task A_publisher_that_publishes_nothing_moves_as_well_and_wakes_who_sleeps()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Task<bool> waiting = Task.Run(() => reader.Wait(1, Long));
        Remove(channel.Name, "all");
        Assert.True(Given.Soon(() => IsWhole(channel.Name)));
        Assert.Equal(2, channel.Publish());
        Assert.True(await waiting);
    }

    [SkippableFact]
    public void A_name_that_somebody_else_has_meanwhile_ends_the_publisher()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish();
        using FrameReader reader = channel.OpenReader();
        Remove(channel.Name, "all");
        File.WriteAllText(LinuxGiven.PathOf(channel.Name), "taken");
        try
        {
            Assert.True(Given.Soon(() => channel.Writer.Lost.IsCancellationRequested));
            Assert.Equal(WinMmfErrorId.ChannelLost, Given.ErrorOf(() => channel.Publish()));
            Assert.Equal(ChannelState.Failed, reader.State);

            // What was read can still be read.
            Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(new byte[channel.Format.PayloadLength], out _));
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(channel.Name));
        }
    }

    /// <summary>While a slot is being filled the service thread replaces nothing, so the thread that publishes finds the loss.</summary>
    [SkippableFact]
    public void A_loss_that_the_publishing_thread_finds_is_told_too()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish();
        Assert.True(channel.Writer.TryBegin(channel.Format, out FrameSlot slot));
        Remove(channel.Name, "all");
        File.WriteAllText(LinuxGiven.PathOf(channel.Name), "taken");
        try
        {
            ((IServiced)channel.Writer).Tick(MonotonicClock.Now + 10_000_000_000);
            Assert.False(channel.Writer.Lost.IsCancellationRequested);
            channel.Writer.Publish(slot);
            Assert.Equal(WinMmfErrorId.ChannelLost, Given.ErrorOf(() => channel.Publish()));
            Assert.True(channel.Writer.Lost.IsCancellationRequested);
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(channel.Name));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_reader_of_a_channel_that_was_removed_as_an_orphan_goes_on_with_the_next(bool isWaiting)
    {
        // The next publisher may not take over what has no owner file, nor tell its readers: they look at the name themselves.
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using Peer peer = Peer.Start();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        peer.Must("frames", "p", 10);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        byte[] data = new byte[1 << 16];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out FrameInfo last));
        peer.Kill();
        File.Delete(LinuxGiven.PartOf(name, "owner"));
        Task<bool>? waiting = isWaiting ? Task.Run(() => reader.Wait(last.FrameNumber, Long)) : null;
        using FrameWriter next = FrameWriter.Create(new FrameChannelOptions(name));
        Assert.False(next.TookOver);
        for (int i = 1; i <= 2; i++)
        {
            Assert.True(next.TryBegin(FrameFormat.Packed(16, 8, PixelFormat.Gray8), out FrameSlot slot));
            slot.Span.Fill((byte)i);
            next.Publish(slot);
        }

        // Its frames are counted from 1, and are newer all the same.
        Assert.True(waiting?.GetAwaiter().GetResult() ?? Given.Soon(() => reader.Wait(last.FrameNumber, TimeSpan.Zero)));
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(last.FrameNumber, data, out FrameInfo info));
        Assert.Equal(1, info.FrameNumber);
        Assert.Equal(1, data[0]);
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyAfter(info.FrameNumber, data, out info));
        Assert.Equal(2, info.FrameNumber);
        Assert.False(reader.Wait(info.FrameNumber, TimeSpan.Zero));
        Assert.Equal(1, reader.Counters.Restarts);
        Assert.Equal(0, reader.Counters.Skipped);
        Assert.True(Given.HasAnswer(reader));
        Assert.True(reader.HasRegistryRow);
    }

    [SkippableFact]
    public void A_reader_follows_only_to_a_channel_of_the_same_owner()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        writer.Publish(slot);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        LinuxGiven.Run("rm", "-r", LinuxGiven.PathOf(name), LinuxGiven.FolderOf(name));
        if (other.Ask("publish", "p", name.Name, name.Scope, 4, "Everyone")[0] != "ok")
            return; // The owner was faster.
        other.Must("frames", "p", 1);
        Assert.True(Given.Soon(() => writer.Lost.IsCancellationRequested));
        Assert.False(reader.Wait(1, TimeSpan.FromMilliseconds(500)));
        Assert.Equal(ChannelState.Failed, reader.State);
        other.Must("dispose", "p");
    }

    [SkippableFact]
    public void A_slot_begun_before_the_move_is_published_into_the_channel_that_there_is()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish();
        Assert.True(channel.Writer.TryBegin(channel.Format, out FrameSlot slot));
        Remove(channel.Name, "all");

        // Not while a slot is being filled.
        Thread.Sleep(1500);
        Assert.False(IsWhole(channel.Name));
        slot.Span.Fill(2);
        Assert.Equal(2, channel.Writer.Publish(slot));
        Assert.Equal(3, channel.Publish());
        Assert.True(IsWhole(channel.Name));
        using FrameReader reader = channel.OpenReader();
        byte[] data = new byte[channel.Format.PayloadLength];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
        Assert.Equal(3, data[0]);
    }

    /// <summary>A process that looks for leftovers owns a folder without an owner file for a moment, and may be killed there.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_owner_file_that_a_cleaner_made_does_not_end_the_publisher(bool isCleanerAtIt)
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        channel.Publish();
        Assert.True(LinuxFolder.TryParse(Path.GetFileName(LinuxGiven.FolderOf(channel.Name)), out FolderTie tie));
        using LinuxFolder? folder = LinuxFolder.TryOpen(LinuxGiven.Files, tie, tie.UserId);
        Remove(channel.Name, "owner");
        LinuxOwnerFile made = LinuxOwnerFile.TryCreate(folder!, SectionKind.Control, LinuxOwnerFile.Leftover, madeAnew: true, out _)!;
        if (!isCleanerAtIt)
            made.Dispose();
        using Timer ends = new(_ => made.Dispose(), null, 200, Timeout.Infinite);
        Assert.True(Given.Soon(() =>
        {
            channel.Publish();
            return IsWhole(channel.Name);
        }));
        Assert.Equal(1, channel.Writer.Counters.Moves);
    }

    private static void Remove(SharedName name, string what)
    {
        string folder = LinuxGiven.FolderOf(name);
        if (what is "control" or "all")
            File.Delete(LinuxGiven.PathOf(name));
        if (what is "folder" or "all")
            Directory.Delete(folder, recursive: true);
        else if (what != "control")
            File.Delete(Path.Combine(folder, what));
    }

    private static bool IsWhole(SharedName name)
    {
        try
        {
            using FrameReader reader = Given.OpenReader(name);
            return reader.Inspect().Epoch == 2 && reader.HasRegistryRow;
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.NotFound or WinMmfErrorId.NotReady)
        {
            return false;
        }
    }
}

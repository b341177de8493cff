using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>The door and what it hands out (protocol 7.6 to 7.14).</summary>
public sealed unsafe class LinuxDoorTests
{
    private const int ShrinkGrowSeal = Libc.SealShrink | Libc.SealGrow | Libc.SealSeals;

    [SkippableFact]
    public void A_row_is_a_page_of_its_own_that_nobody_can_cut_short()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        Assert.Equal(0, Ask(site, out byte[] answer, out DescriptorHandle? memory, out DescriptorHandle connection));
        using (connection)
        using (memory)
        {
            Assert.NotNull(memory);
            Assert.Equal(ShrinkGrowSeal, Libc.GetSeals(memory) & ShrinkGrowSeal);
            Assert.NotEqual(0, Libc.SetSize(memory, 0));
            Assert.NotEqual(0, Libc.SetSize(memory, 1 << 20));
            Assert.Equal(0, Libc.GetStatus(memory, out FileStatus status));
            Assert.Equal(4096, status.Size);
            Assert.Equal(0b110_000_000, status.Permissions);

            // No other reader has it: the next one is another page.
            Assert.Equal(0, Ask(site, out byte[] second, out DescriptorHandle? other, out DescriptorHandle next));
            using (next)
            using (other)
            {
                Libc.GetStatus(other!, out FileStatus otherStatus);
                Assert.NotEqual(status.Inode, otherStatus.Inode);
                Assert.NotEqual(answer[DoorLayout.RowOffset], second[DoorLayout.RowOffset]);
            }
        }
    }

    [SkippableFact]
    public void The_message_is_as_the_protocol_shows_it()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        Assert.Equal(0, Ask(site, out byte[] answer, out DescriptorHandle? memory, out DescriptorHandle connection));
        using (connection)
        using (memory)
            Assert.Equal(GoldenBytes.Find("The door's message that grants row 1 of epoch 1", 64), answer);
    }

    [SkippableFact]
    public void A_client_that_talks_or_says_nothing_costs_the_door_nothing()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        Assert.Equal(0, Ask(site, out _, out DescriptorHandle? memory, out DescriptorHandle talker));
        using (talker)
        using (memory)
        {
            byte* noise = stackalloc byte[100];
            while (Libc.Send(talker, noise, 100, null) == 0)
            {
                // Until its queue is full: it is not read.
            }

            for (int i = 0; i < 20; i++)
            {
                using ReaderRow? row = site.TryGetRow();
                Assert.NotNull(row);
            }
        }

        Assert.True(Given.Soon(() => site.Rows.Ended >= 21));
    }

    [SkippableFact]
    public void Hanging_up_is_the_end_of_a_row_even_while_its_page_is_still_mapped()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        Assert.Equal(0, Ask(site, out byte[] answer, out DescriptorHandle? memory, out DescriptorHandle connection));
        using (memory)
        {
            int number = answer[DoorLayout.RowOffset];
            Assert.NotNull(site.Find(number));
            connection.Dispose();
            Assert.True(Given.Soon(() => site.Find(number) is null));
            MapHandle? map = LinuxRowMemory.TryMap(memory!);
            Assert.NotNull(map);
            map.Address[RowLayout.Lease] = 1;
            map.Dispose();
            Assert.Null(site.Find(number));
        }
    }

    [SkippableFact]
    public void Another_account_has_a_quota_and_leaves_rows_to_the_owner()
    {
        using Peer other = LinuxGiven.StartAsOther();
        using TestSite site = new(Given.NewName(NameScope.Global), Given.Everyone);
        for (int i = 0; i < LinuxDoorRules.QuotaOfOne; i++)
            other.Must("row", LinuxGiven.Text(i), site.Name.Name, site.Name.Scope, TestSite.Epoch, 0);
        Assert.Equal("none", other.Ask("row", "more", site.Name.Name, site.Name.Scope, TestSite.Epoch, 0)[0]);
        Assert.Equal(1, site.Rows.Refused);
        using ReaderRow? mine = site.TryGetRow();
        Assert.NotNull(mine);
        other.Must("dispose", "3");
        Assert.True(Given.Soon(
            () => other.Ask("row", "next" + Guid.NewGuid().ToString("N"), site.Name.Name, site.Name.Scope, TestSite.Epoch, 0)[0] == "ok"));
    }

    [SkippableTheory]
    [InlineData(1000u, 15, 15, true)]
    [InlineData(1000u, 16, 16, false)]
    [InlineData(1001u, 0, 47, true)]
    [InlineData(1001u, 0, 48, false)]
    [InlineData(0u, 0, 48, true)]
    [InlineData(500u, 0, 48, true)]
    public void Quotas(uint user, int same, int allOthers, bool granted)
    {
        Given.SkipUnlessLinux();
        const uint Owner = 500;
        List<LinuxDoorRow> rows = [];
        for (int i = 0; i < allOthers; i++)
            rows.Add(new LinuxDoorRow(new PublisherRow(i + 1, null), i < same ? user : 2000u + (uint)i, null!, null!));
        Assert.Equal(granted, LinuxDoorRules.TryFindRow(rows, Owner, user, out int number) == DoorStatus.Granted);
        Assert.Equal(granted ? allOthers + 1 : 0, number);
    }

    [SkippableTheory]
    [InlineData(0x1A4, 2000u, 2000u, new uint[0], true)]
    [InlineData(0x1A0, 2000u, 2000u, new uint[0], false)]
    [InlineData(0x1A0, 2000u, 100u, new uint[0], true)]
    [InlineData(0x1A0, 2000u, 2000u, new uint[] { 7, 100 }, true)]
    [InlineData(0x184, 2000u, 100u, new uint[0], false)]
    [InlineData(0x180, 500u, 2000u, new uint[0], true)]
    [InlineData(0x180, 0u, 0u, new uint[0], true)]
    public void Who_may_read_may_have_a_row(int mode, uint user, uint group, uint[] groups, bool expected)
    {
        Given.SkipUnlessLinux();
        FileStatus control = new() { Mode = (ushort)mode, UserId = 500, GroupId = 100 };
        PeerCredentials peer = new() { UserId = user, GroupId = group };
        Assert.Equal(expected, LinuxDoorRules.MayRead(in control, in peer, groups));
    }

    [SkippableFact]
    public void The_overflow_numbers_are_nobodys()
    {
        Given.SkipUnlessLinux();
        FileStatus control = new() { Mode = 0x1A0, UserId = LinuxUsers.OverflowUser, GroupId = LinuxUsers.OverflowGroup };
        PeerCredentials peer = new() { UserId = LinuxUsers.OverflowUser, GroupId = LinuxUsers.OverflowGroup };
        Assert.False(LinuxDoorRules.MayRead(in control, in peer, [LinuxUsers.OverflowGroup]));
        Assert.False(LinuxUsers.IsSame(LinuxUsers.OverflowUser, LinuxUsers.OverflowUser));
    }

    [SkippableFact]
    public void A_right_that_was_taken_away_gives_no_row_any_more()
    {
        using Peer other = LinuxGiven.StartAsOther();
        using TestSite site = new(Given.NewName(NameScope.Global), Given.Everyone);
        other.Must("row", "a", site.Name.Name, site.Name.Scope, TestSite.Epoch, 0);

        // Only control's mode counts, and as it is now; the door itself still lets connect.
        other.Must("open", "c", site.Name.Name, site.Name.Scope, "ro");
        Assert.NotNull(LinuxGiven.Run("chmod", "640", LinuxGiven.PathOf(site.Name)));
        Assert.Equal("none", other.Ask("knock", LinuxGiven.PartOf(site.Name, "door.1"))[0]);
        Assert.NotNull(LinuxGiven.Run("chmod", "644", LinuxGiven.PathOf(site.Name)));
        other.Must("knock", LinuxGiven.PartOf(site.Name, "door.1"));
    }

    [SkippableTheory]
    [InlineData("gone")]
    [InlineData("deaf")]
    [InlineData("another")]
    public void Without_a_door_there_is_no_row_and_nobody_waits_long(string door)
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        string path = LinuxGiven.PartOf(site.Name, "door.1");
        File.Delete(path);
        using Socket socket = new(
            AddressFamily.Unix, door == "another" ? SocketType.Stream : SocketType.Seqpacket, ProtocolType.Unspecified);
        if (door != "gone")
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(4);
        }

        using SharedSection? control = Given.Platform.Sections.TryOpen(site.Name, writable: false);
        Assert.Null(Given.Platform.Channels.TryGetRow(site.Name, control!, TestSite.Epoch, "r", out RowRequest? unanswered));
        using (unanswered)
            Assert.Equal(door == "deaf", unanswered?.TryFinish(0, out _) == false);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_that_a_stopped_publisher_gives_late_is_taken_and_asked_for_once(bool lease)
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        SharedName name = Given.NewName();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        peer.Must("frames", "p", 3);
        Assert.NotNull(LinuxGiven.Run("kill", "-STOP", LinuxGiven.Text(peer.ProcessId)));
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.False(reader.HasRegistryRow);
        Assert.True(reader.IsAwaitingRow);

        // For longer than the pause between two requests: it does not ask again.
        Assert.False(reader.Wait(long.MaxValue, TimeSpan.FromSeconds(1.5)));
        Assert.False(reader.TryLeaseNewest(out _));
        Assert.True(reader.IsAwaitingRow);
        Assert.NotNull(LinuxGiven.Run("kill", "-CONT", LinuxGiven.Text(peer.ProcessId)));
        Assert.True(Given.Soon(() => lease ? reader.TryLeaseNewest(out _) : Given.HasAnswer(reader) && reader.HasRegistryRow));
        Assert.True(reader.HasRegistryRow);
        Assert.True(Given.Soon(() => reader.ChannelCounters.RowsGiven == 1));
        Assert.Equal(0, reader.ChannelCounters.RowsCleared);
    }

    [SkippableFact]
    public void A_publisher_that_dies_before_it_answers_has_answered_that_there_is_no_row()
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        SharedName name = Given.NewName();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        Assert.NotNull(LinuxGiven.Run("kill", "-STOP", LinuxGiven.Text(peer.ProcessId)));
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.True(reader.IsAwaitingRow);
        peer.Kill();
        Assert.True(Given.HasAnswer(reader));
        Assert.False(reader.HasRegistryRow);
    }

    [SkippableFact]
    public void A_door_that_talks_nonsense_gives_no_row()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        string path = LinuxGiven.PartOf(site.Name, "door.1");
        byte[] good = GoldenBytes.Find("The door's message that grants row 1 of epoch 1", 64);
        foreach (int offset in new[] { -1, 0, 4, 10, 16, 20, 24 })
        {
            File.Delete(path);
            using Socket listener = new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(4);
            Task<ReaderRow?> asking = Task.Run(() => site.TryGetRow());
            using Socket connection = listener.Accept();

            // Without a descriptor even the right bytes are no row.
            byte[] message = [.. good];
            if (offset >= 0)
                message[offset] ^= 0x55;
            connection.Send(message);
            Assert.Null(asking.Result);
        }
    }

    [SkippableFact]
    public void A_reader_comes_to_the_door_later_if_no_row_was_free()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name));
        FrameReader[] readers = Enumerable.Range(0, RowLayout.Most).Select(_ => Given.OpenReader(name)).ToArray();
        using FrameReader late = Given.OpenReader(name);
        Assert.False(late.HasRegistryRow);
        Array.ForEach(readers, static reader => reader.Dispose());
        Assert.True(Given.Soon(() =>
        {
            late.Wait(0, TimeSpan.FromMilliseconds(50));
            return late.HasRegistryRow;
        }));
    }

    private static int Ask(TestSite site, out byte[] answer, out DescriptorHandle? memory, out DescriptorHandle connection)
    {
        answer = new byte[DoorLayout.Size];
        memory = null;
        int error = Libc.CreateSocket(Libc.MessageSocket, out connection);
        if (error == 0 && SocketAddress.TryMake(LinuxGiven.PartOf(site.Name, "door.1"), out SocketAddress address))
            error = Libc.Connect(connection, in address);
        if (error != 0 || !Libc.WaitReadable(connection, (int)Given.Patience.TotalMilliseconds))
            return error == 0 ? Errno.ETIMEDOUT : error;
        fixed (byte* to = answer)
            return Libc.Receive(connection, to, answer.Length, out _, out memory);
    }
}

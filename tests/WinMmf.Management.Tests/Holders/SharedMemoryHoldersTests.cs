using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using WinMmf.Management.Holders;
using WinMmf.Management.Platform.Linux;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Frames;
using WinMmf.Tests.Platform;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Management.Tests.Holders;

public sealed class SharedMemoryHoldersTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Those_who_have_a_memory_open_are_found_with_access_role_and_account()
    {
        SharedName name = Given.NewName(NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 1000);
        using Peer reader = Peer.Start(), writer = Peer.Start(), other = Peer.Start();
        Open(reader, name, "ro");
        Open(writer, name, "rw");

        SharedMemoryHolders found = SharedMemoryHolders.Find(name, Patience)!;

        Assert.True(found.IsComplete);
        Assert.Equal(0, found.Hidden);
        Assert.Equal(new[] { Environment.ProcessId, reader.ProcessId, writer.ProcessId }.Order(),
            found.Holders.Select(h => (int)h.Process.ProcessId));
        HolderReport creator = Of(found, Environment.ProcessId), second = Of(found, reader.ProcessId), third = Of(found, writer.ProcessId);
        Assert.Equal((HolderRole.Creator, true), (creator.Role, creator.CanWrite));
        Assert.Equal((HolderRole.User, false), (second.Role, second.CanWrite));
        Assert.Equal((HolderRole.User, true), (third.Role, third.CanWrite));
        Assert.Equal(reader.GetIdentity(), second.Process);
        Assert.Equal(Given.Platform.Processes.CurrentAccount, second.Account);
        Assert.Contains("TestPeer", second.ProgramName, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsWindows(), second.SessionId is not null);

        reader.Must("dispose", "memory");
        Assert.DoesNotContain(SharedMemoryHolders.Find(name, Patience)!.Holders, h => h.Process.ProcessId == reader.ProcessId);
    }

    [Fact]
    public void A_channels_publisher_and_readers_are_told_apart()
    {
        using TestChannel channel = new();
        using Peer peer = Peer.Start();
        peer.Must("reader", "reader", channel.Name.Name, channel.Name.Scope, "rw");

        SharedMemoryHolders found = SharedMemoryHolders.Find(channel.Name, Patience)!;

        Assert.Equal(2, found.Holders.Count);
        Assert.Equal(HolderRole.Publisher, Of(found, Environment.ProcessId).Role);
        Assert.Equal((HolderRole.Reader, false), (Of(found, peer.ProcessId).Role, Of(found, peer.ProcessId).CanWrite));
    }

    [Fact]
    public void What_nobody_made_has_no_holders() => Assert.Null(SharedMemoryHolders.Find(Given.NewName(), Patience));

    [Fact]
    public void A_search_whose_time_is_up_says_so()
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, 10);
        Assert.False(SharedMemoryHolders.Find(name, TimeSpan.Zero)!.IsComplete);
        Assert.Throws<OperationCanceledException>(() => SharedMemoryHolders.Find(name, Patience, new CancellationToken(canceled: true)));
    }

    [SkippableFact]
    public void An_account_that_may_not_look_into_other_processes_is_told_how_many_are_hidden()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 10, Given.Everyone);
        Open(other, name, "ro");
        Assert.Equal(["ok", "1", "1"], other.Must("holders", name.Name, name.Scope));

        // Were it the last one, the file would stay: the account no account may not remove it.
        other.Must("dispose", "memory");
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Five_holders_among_fifty_processes_are_found_though_one_has_a_pipe_that_blocks()
    {
        SharedName name = Given.NewName(NameScope.Global);
        List<Peer> peers = new();
        try
        {
            using NamedMemory memory = NamedMemory.Create(name, 10);
            for (int i = 0; i < 50; i++)
                peers.Add(Peer.Start());
            for (int i = 0; i < 5; i++)
                Open(peers[i * 10], name, "ro");
            peers[20].Must("block-pipe", Guid.NewGuid().ToString("N"));

            long start = Stopwatch.GetTimestamp();
            SharedMemoryHolders found = SharedMemoryHolders.Find(name, Patience)!;
            output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");

            Assert.Equal(Enumerable.Range(0, 5).Select(i => peers[i * 10].ProcessId).Append(Environment.ProcessId).Order(),
                found.Holders.Select(h => (int)h.Process.ProcessId));
            Assert.Equal(0, found.Hidden);
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static void Open(Peer peer, SharedName name, string access) => peer.Must("open", "memory", name.Name, name.Scope, access);

    private static HolderReport Of(SharedMemoryHolders holders, int processId) =>
        holders.Holders.Single(h => h.Process.ProcessId == processId);

    [Theory]
    [InlineData("7f0000000000-7f0000002000 rw-s 00000000 00:1a 1234    /dev/shm/winmmf-0.x", true, true)]
    [InlineData("7f0000000000-7f0000002000 r--s 00000000 00:1a 1234 /dev/shm/winmmf-0.x (deleted)", true, false)]
    [InlineData("7f0000000000-7f0000002000 rw-p 00000000 00:00 0", false, true)]
    [InlineData("7f0000000000-7f0000002000 rw-s 00000000 00:1a 12345    /dev/shm/y", false, true)]
    [InlineData("7f0000000000-7f0000002000 rw-s 00000000 00:1b 77    /tmp/a 00:1a 1234 b", false, true)]
    [InlineData("00:1a 1234", false, false)]
    public void The_path_of_a_mapping_does_not_say_what_is_mapped(string line, bool isIt, bool isWritable)
    {
        Assert.Equal(isIt, LinuxHolderFinder.IsMappingOf(line, "00:1a", "1234", out bool writable));
        Assert.Equal(isWritable, writable);
    }
}

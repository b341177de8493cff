using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Who may publish under a name (protocol section 10).</summary>
public sealed unsafe class ChannelStoreTests
{
    private static readonly IChannelStore Channels = Given.Platform.Channels;

    [Theory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public void One_name_has_one_publisher(NameScope scope)
    {
        SharedName name = Given.NewName(scope);
        Assert.False(Channels.IsOwned(name));
        TestSite first = new(name);
        Assert.True(Channels.IsOwned(name));
        WinMmfException e = Assert.Throws<WinMmfException>(() => Channels.Claim(name));
        Assert.Equal(WinMmfErrorId.ChannelInUse, e.ErrorId);
        Assert.Contains(name.Name, e.Message, StringComparison.Ordinal);
        using TestSite other = new(Given.NewName(scope));
        first.Dispose();
        Assert.False(Channels.IsOwned(name));
        using TestSite second = new(name);
        Assert.Null(second.Site.Found);
        Assert.True(Channels.IsOwned(name));
    }

    [Fact]
    public void Another_process_cannot_publish_meanwhile()
    {
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        using (new TestSite(name))
        {
            Assert.Equal("ChannelInUse", peer.Ask("publish", "o", name.Name, name.Scope, 4, "")[1]);
            peer.Must("isowned", "-", name.Name, name.Scope);
        }

        peer.Must("publish", "o", name.Name, name.Scope, 4, "");
        Assert.True(Channels.IsOwned(name));
        peer.Must("dispose", "o");
        Assert.False(Channels.IsOwned(name));
    }

    [Fact]
    public void A_killed_publisher_owns_nothing()
    {
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        peer.Must("publish", "o", name.Name, name.Scope, 4, "");
        peer.Kill();
        Assert.True(Given.Soon(() => !Channels.IsOwned(name)));
        using TestSite mine = new(name);
        Assert.Null(mine.Site.Found);
        Assert.True(Channels.IsOwned(name));
    }

    [Fact]
    public void What_readers_hold_of_a_killed_publisher_is_found()
    {
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        peer.Must("publish", "o", name.Name, name.Scope, 4, "");
        peer.Must("frames", "o", 3);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.True(reader.Wait(0, Given.Patience));
        peer.Kill();
        Assert.True(Given.Soon(() => !Channels.IsOwned(name)));
        using ChannelSite site = Channels.Claim(name);
        using SharedSection? found = site.Found;
        Assert.NotNull(found);
        Assert.Equal(WinMmfErrorId.ChannelInUse, Given.ErrorOf(() => Channels.Claim(name)));
        using SharedSection? pixels = site.TryOpenPixels(1, out bool isHeld);
        Assert.NotNull(pixels);
        Assert.True(isHeld);
        Assert.Null(site.TryOpenPixels(7, out _));
    }

    [Fact]
    public void Pixels_are_found_by_their_generation_until_their_name_goes()
    {
        using TestSite site = new();
        using SharedSection made = site.Site.CreatePixels(3, 100_000, AccessPolicy.Private, static _ => { }, MemoryResidency.None);
        made.Address[99_999] = 42;
        using SharedSection? found = Channels.TryOpenPixels(site.Name, site.Control, 3);
        Assert.NotNull(found);
        Assert.Equal(42, found.Address[99_999]);
        Assert.Null(Channels.TryOpenPixels(site.Name, site.Control, 4));
        Assert.Equal(WinMmfErrorId.AlreadyExists,
            Given.ErrorOf(() => site.Site.CreatePixels(3, 100_000, AccessPolicy.Private, static _ => { }, MemoryResidency.None)));
        site.Site.RemovePixels(3);
        site.Site.RemovePixels(99);
        made.Address[9] = 3;
        Assert.Equal(3, found.Address[9]);
        if (OperatingSystem.IsLinux())
            Assert.Null(Channels.TryOpenPixels(site.Name, site.Control, 3));
    }

    [Fact]
    public void Asking_does_not_stand_in_the_way_of_publishing()
    {
        SharedName name = Given.NewName();
        using CancellationTokenSource stop = new();
        Thread asker = new(() =>
        {
            while (!stop.IsCancellationRequested)
                Channels.IsOwned(name);
        });
        asker.Start();
        try
        {
            for (int i = 0; i < 100; i++)
                new TestSite(name).Dispose();
        }
        finally
        {
            stop.Cancel();
            asker.Join();
        }
    }

    [Fact]
    public void Two_publishers_never_exist()
    {
        SharedName name = Given.NewName();
        int owners = 0;
        int taken = 0;
        Given.InParallel(4, () =>
        {
            for (int i = 0; i < 100; i++)
            {
                try
                {
                    using FrameWriter mine = FrameWriter.Create(new FrameChannelOptions(name));
                    Assert.Equal(1, Interlocked.Increment(ref owners));
                    Interlocked.Increment(ref taken);

                    // By name, so that no process owns what has lost its name.
                    Assert.True(Channels.IsOwned(name));
                    Interlocked.Decrement(ref owners);
                }
                catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.ChannelInUse or WinMmfErrorId.AlreadyExists)
                {
                    Thread.Yield();
                }
            }
        });
        Assert.True(taken > 0);
        Assert.False(Channels.IsOwned(name));
    }

    [Fact]
    public void Of_two_processes_that_publish_exactly_one_does()
    {
        using Peer one = Peer.Start();
        using Peer two = Peer.Start();
        SharedName name = Given.NewName();
        for (int round = 0; round < 100; round++)
        {
            one.Tell("publish", "c", name.Name, name.Scope, 4, "");
            two.Tell("publish", "c", name.Name, name.Scope, 4, "");
            string[] a = one.Answer();
            string[] b = two.Answer();
            Assert.True((a[0] == "ok") != (b[0] == "ok"), $"round {round}: {string.Join(' ', a)} | {string.Join(' ', b)}");
            Assert.Equal("ChannelInUse", (a[0] == "ok" ? b : a)[1]);
            one.Must("dispose", "c");
            two.Must("dispose", "c");
            Assert.False(Channels.IsOwned(name));
            Assert.False(Given.Exists(name));
        }
    }
}

using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class OwnershipTests
{
    private static readonly IOwnershipStore Ownership = Given.Platform.Ownership;

    [Theory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public void One_name_has_one_owner(NameScope scope)
    {
        SharedName name = Given.NewName(scope);
        Assert.False(Ownership.IsOwned(name));
        IDisposable first = Ownership.Acquire(name);
        Assert.True(Ownership.IsOwned(name));
        WinMmfException e = Assert.Throws<WinMmfException>(() => Ownership.Acquire(name));
        Assert.Equal(WinMmfErrorId.ChannelInUse, e.ErrorId);
        Assert.Contains(name.Name, e.Message, StringComparison.Ordinal);
        using IDisposable other = Ownership.Acquire(Given.NewName(scope));
        first.Dispose();
        first.Dispose();
        Assert.False(Ownership.IsOwned(name));
        using IDisposable second = Ownership.Acquire(name);
        Assert.True(Ownership.IsOwned(name));
    }

    [Fact]
    public void Another_process_cannot_take_what_is_owned()
    {
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        using (Ownership.Acquire(name))
        {
            Assert.Equal("ChannelInUse", peer.Ask("own", "o", name.Name, name.Scope)[1]);
            peer.Must("isowned", "-", name.Name, name.Scope);
        }

        peer.Must("own", "o", name.Name, name.Scope);
        Assert.True(Ownership.IsOwned(name));
        peer.Must("dispose", "o");
        Assert.False(Ownership.IsOwned(name));
    }

    [Fact]
    public void A_killed_owner_owns_nothing()
    {
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        peer.Must("own", "o", name.Name, name.Scope);
        peer.Kill();
        Assert.True(Given.Soon(() => !Ownership.IsOwned(name)));
        using IDisposable mine = Ownership.Acquire(name);
        Assert.True(Ownership.IsOwned(name));
    }

    [Fact]
    public void Asking_does_not_stand_in_the_way_of_taking()
    {
        SharedName name = Given.NewName();
        using CancellationTokenSource stop = new();
        Thread asker = new(() =>
        {
            while (!stop.IsCancellationRequested)
                Ownership.IsOwned(name);
        });
        asker.Start();
        try
        {
            for (int i = 0; i < 300; i++)
                Ownership.Acquire(name).Dispose();
        }
        finally
        {
            stop.Cancel();
            asker.Join();
        }
    }

    [Fact]
    public void Two_owners_never_exist()
    {
        SharedName name = Given.NewName();
        int owners = 0;
        int taken = 0;
        Given.InParallel(4, () =>
        {
            for (int i = 0; i < 500; i++)
            {
                try
                {
                    using IDisposable mine = Ownership.Acquire(name);
                    Assert.Equal(1, Interlocked.Increment(ref owners));
                    Interlocked.Increment(ref taken);

                    // By name, so that nobody owns what has lost its name.
                    Assert.True(Ownership.IsOwned(name));
                    Interlocked.Decrement(ref owners);
                }
                catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.ChannelInUse)
                {
                    Thread.Yield();
                }
            }
        });
        Assert.True(taken > 0);
        Assert.False(Ownership.IsOwned(name));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Security;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class ReaderRegistryTests : IDisposable
{
    private readonly SharedName _name = Given.NewName();
    private readonly ReaderRegistry _publisher;

    public ReaderRegistryTests() => _publisher = Given.Platform.Registries.CreateOrOpen(_name, AccessPolicy.Private);

    public void Dispose() => _publisher.Dispose();

    [Fact]
    public void A_new_registry_is_empty_but_for_its_header()
    {
        RegistryView view = new(_publisher);
        Assert.Equal(RegistryLayout.Magic, view.Magic);
        Assert.Equal(ProtocolVersion.Word, BitConverter.ToUInt32(view.Bytes, RegistryLayout.VersionOffset));
        Assert.Equal((uint)RegistryLayout.Rows, BitConverter.ToUInt32(view.Bytes, RegistryLayout.RowsOffset));
        Assert.All(view.Bytes.Skip(RegistryLayout.RowSize), static b => Assert.Equal(0, b));
    }

    [Fact]
    public void There_is_none_until_somebody_makes_one() => Assert.Null(Given.Platform.Registries.TryOpen(Given.NewName()));

    [Fact]
    public void A_claimed_row_says_who_has_it()
    {
        using ReaderRegistry reader = Open();
        Assert.True(reader.TryClaim("station 7", out int row));
        ProcessIdentity self = Given.Platform.Processes.Current;
        RegistryView view = new(_publisher);
        Assert.InRange(row, 1, RegistryLayout.Rows - 1);
        Assert.Equal(self.Claim, view.Claim(row));
        Assert.Equal(self.StartTime, view.StartTime(row));
        Assert.Equal(self.Host, view.Host(row));
        Assert.Equal("station 7", view.Label(row));
        Assert.Equal(0, view.Lease(row));
        Assert.Equal(0, view.Waiting(row));
        Assert.InRange(view.ClaimedAt(row), MonotonicClock.UnixNow - 60_000_000_000, MonotonicClock.UnixNow + 60_000_000_000);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("exactly twenty-four byte", "exactly twenty-four byte")]
    [InlineData("longer than twenty-four bytes", "longer than twenty-four ")]
    [InlineData("ääääääääääääää", "ääääääääääää")]
    [InlineData("12345678901234567890123ä", "12345678901234567890123")]
    [InlineData("1234567890123456789012😀", "1234567890123456789012")]
    public void A_label_is_cut_between_characters(string label, string kept)
    {
        using ReaderRegistry reader = Open();
        Assert.True(reader.TryClaim(label, out int row));
        Assert.Equal(kept, new RegistryView(_publisher).Label(row));
    }

    [Fact]
    public void Lease_and_waiting_reach_the_publisher_and_go_with_the_row()
    {
        using ReaderRegistry reader = Open();
        Assert.True(reader.TryClaim("r", out int row));
        reader.WriteLease(row, 0x42);
        reader.WriteWaiting(row, 1);
        RegistryView view = new(_publisher);
        Assert.Equal(0x42, view.Lease(row));
        Assert.Equal(1, view.Waiting(row));
        reader.WriteLease(row, 0);
        Assert.Equal(0, new RegistryView(_publisher).Lease(row));
        reader.Release(row);
        view = new RegistryView(_publisher);
        Assert.Equal(0ul, view.Claim(row));
        Assert.Equal(0, view.Waiting(row));
    }

    [Fact]
    public void Closing_gives_the_rows_back()
    {
        ReaderRegistry reader = Open();
        Assert.True(reader.TryClaim("r", out int row));
        reader.Dispose();
        reader.Dispose();
        Assert.Equal(0ul, new RegistryView(_publisher).Claim(row));
    }

    [Fact]
    public void Every_row_has_one_reader_until_none_is_left()
    {
        using ReaderRegistry one = Open();
        using ReaderRegistry two = Open();
        HashSet<int> rows = new();
        for (int i = 1; i < RegistryLayout.Rows; i++)
        {
            Assert.True((i % 2 == 0 ? one : two).TryClaim("r", out int row));
            Assert.True(rows.Add(row));
            Assert.InRange(row, 1, RegistryLayout.Rows - 1);
        }

        Assert.False(one.TryClaim("r", out _));
        Assert.False(_publisher.TryClaim("r", out _));
        two.Dispose();
        Assert.True(one.TryClaim("r", out _));
    }

    [Fact]
    public void Readers_that_claim_at_once_get_different_rows()
    {
        int[] claims = new int[RegistryLayout.Rows];
        Given.InParallel(6, () =>
        {
            using ReaderRegistry reader = Open();
            for (int i = 0; i < 100; i++)
            {
                Assert.True(reader.TryClaim("r", out int row));
                Assert.Equal(1, Interlocked.Increment(ref claims[row]));
                Interlocked.Decrement(ref claims[row]);
                reader.Release(row);
            }
        });
    }

    [Fact]
    public void A_living_reader_is_not_cleared()
    {
        using Peer peer = Peer.Start();
        using ReaderRegistry here = Open();
        Assert.True(here.TryClaim("here", out int mine));
        int theirs = Claim(peer);
        Assert.NotEqual(mine, theirs);
        for (int row = 1; row < RegistryLayout.Rows; row++)
            Assert.False(_publisher.ClearIfDead(row));
        RegistryView view = new(_publisher);
        Assert.NotEqual(0ul, view.Claim(mine));
        Assert.Equal("peer", view.Label(theirs));
    }

    [Fact]
    public void A_killed_reader_is_cleared_once()
    {
        using Peer peer = Peer.Start();
        int row = Claim(peer);
        peer.Must("lease", "r", row, 3);
        peer.Kill();
        Assert.True(Given.Soon(() => _publisher.ClearIfDead(row)));
        RegistryView view = new(_publisher);
        Assert.Equal(0ul, view.Claim(row));
        Assert.Equal(0, view.Lease(row));
        Assert.False(_publisher.ClearIfDead(row));
    }

    [Fact]
    public void The_next_reader_gets_a_dead_ones_row_without_its_lease()
    {
        using Peer peer = Peer.Start();
        int row = Claim(peer);
        peer.Must("lease", "r", row, 3);
        peer.Kill();
        using ReaderRegistry reader = Open();
        Assert.True(Given.Soon(() =>
        {
            Assert.True(reader.TryClaim("next", out int mine));
            if (mine == row)
                return true;
            reader.Release(mine);
            return false;
        }));
        RegistryView view = new(_publisher);
        Assert.Equal("next", view.Label(row));
        Assert.Equal(0, view.Lease(row));
        Assert.False(_publisher.ClearIfDead(row));
    }

    [Fact]
    public void The_next_publisher_finds_its_predecessors_readers()
    {
        using ReaderRegistry reader = Open();
        Assert.True(reader.TryClaim("stays", out int row));
        _publisher.Dispose();
        using ReaderRegistry next = Given.Platform.Registries.CreateOrOpen(_name, AccessPolicy.Private);
        Assert.Equal("stays", new RegistryView(next).Label(row));
        reader.WriteWaiting(row, 1);
        Assert.Equal(1, new RegistryView(next).Waiting(row));
        Assert.False(next.ClearIfDead(row));
    }

    private ReaderRegistry Open()
    {
        ReaderRegistry? registry = Given.Platform.Registries.TryOpen(_name);
        Assert.NotNull(registry);
        return registry;
    }

    private int Claim(Peer peer)
    {
        peer.Must("registry", "r", _name.Name, _name.Scope);
        return int.Parse(peer.Must("claim", "r", "peer")[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Rows, in whatever way the system hands them out (protocol section 7).</summary>
public sealed unsafe class RowTests
{
    [Fact]
    public void A_row_says_who_has_it()
    {
        using TestSite site = new();
        using ReaderRow? row = site.TryGetRow("station 7");
        Assert.NotNull(row);
        Assert.InRange(row.Number, 1, RowLayout.Most);
        Assert.Equal(TestSite.Epoch, row.Epoch);
        byte[]? seen = site.Find(row.Number);
        Assert.NotNull(seen);
        ProcessIdentity self = Given.Platform.Processes.Current;
        Assert.Equal(self.Claim, TestSite.Claim(seen));
        Assert.Equal(self.StartTime, BitConverter.ToUInt64(seen, RowLayout.StartTime));
        Assert.Equal(self.Host, BitConverter.ToUInt64(seen, RowLayout.Host));
        Assert.Equal("station 7", TestSite.Label(seen));
        Assert.Equal(0, TestSite.Lease(seen));
        Assert.Equal(0, TestSite.Sleeping(seen));
        Assert.InRange(BitConverter.ToInt64(seen, RowLayout.ClaimedAt), MonotonicClock.UnixNow - 60_000_000_000,
            MonotonicClock.UnixNow + 60_000_000_000);
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
        using TestSite site = new();
        using ReaderRow? row = site.TryGetRow(label);
        Assert.NotNull(row);
        Assert.Equal(kept, TestSite.Label(site.Find(row.Number)!));
    }

    [Fact]
    public void What_a_reader_writes_reaches_the_publisher()
    {
        using TestSite site = new();
        using ReaderRow? row = site.TryGetRow();
        Assert.NotNull(row);
        Volatile.Write(ref row.Line[RowLayout.Lease], 3);
        Volatile.Write(ref row.Line[RowLayout.Sleeping], 1);
        byte[] seen = site.Find(row.Number)!;
        Assert.Equal(3, TestSite.Lease(seen));
        Assert.Equal(1, TestSite.Sleeping(seen));
    }

    [Fact]
    public void A_row_given_back_leases_nothing_any_more()
    {
        using TestSite site = new();
        ReaderRow? row = site.TryGetRow();
        Assert.NotNull(row);
        int number = row.Number;
        Volatile.Write(ref row.Line[RowLayout.Lease], 3);
        Assert.NotNull(site.Find(number));
        row.Dispose();
        row.Dispose();
        Assert.True(Given.Soon(() => site.Find(number) is not byte[] seen || (TestSite.Lease(seen) == 0 && TestSite.Claim(seen) == 0)));
    }

    [Fact]
    public void Every_row_has_one_reader_until_none_is_left()
    {
        using TestSite site = new();
        List<ReaderRow> rows = [];
        try
        {
            HashSet<int> numbers = [];
            for (int i = 1; i <= RowLayout.Most; i++)
            {
                ReaderRow? row = site.TryGetRow();
                Assert.NotNull(row);
                rows.Add(row);
                Assert.True(numbers.Add(row.Number));
                Assert.InRange(row.Number, 1, RowLayout.Most);
            }

            Assert.Null(site.TryGetRow());
            rows[7].Dispose();
            ReaderRow? next = null;
            Assert.True(Given.Soon(() => (next = site.TryGetRow()) is not null));
            rows.Add(next!);
        }
        finally
        {
            rows.ForEach(static row => row.Dispose());
        }
    }

    [Fact]
    public void Readers_that_come_at_once_get_different_rows()
    {
        using TestSite site = new();
        int[] claims = new int[RowLayout.Most + 1];
        int got = 0;
        Given.InParallel(6, () =>
        {
            for (int i = 0; i < 50; i++)
            {
                using ReaderRow? row = site.TryGetRow();
                if (row is null)
                    continue;
                Assert.Equal(1, Interlocked.Increment(ref claims[row.Number]));
                Interlocked.Increment(ref got);
                Interlocked.Decrement(ref claims[row.Number]);
            }
        });
        Assert.True(got > 0);
    }

    [Fact]
    public void A_killed_readers_row_and_lease_are_gone_and_a_living_ones_stay()
    {
        using TestSite site = new();
        using ReaderRow? mine = site.TryGetRow("mine");
        Assert.NotNull(mine);
        using Peer peer = Peer.Start();
        peer.Must("row", "r", site.Name.Name, site.Name.Scope, TestSite.Epoch, 3);
        int number = 0;
        Assert.True(Given.Soon(() => site.Find(row =>
        {
            number = row.Number;
            return number != mine.Number && row.Line[RowLayout.Lease] == 3;
        }) is not null));
        peer.Kill();
        Assert.True(Given.Soon(() => site.Find(number) is not byte[] seen || (TestSite.Lease(seen) == 0 && TestSite.Claim(seen) == 0)));
        Assert.Equal("mine", TestSite.Label(site.Find(mine.Number)!));
        Assert.True(Given.Soon(() => site.Rows.Ended > 0));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>The publisher's book of leases (protocol 5.5, 5.6).</summary>
public sealed unsafe class LeaseLedgerTests : IDisposable
{
    private readonly byte* _lines = (byte*)Marshal.AllocHGlobal(RowLayout.Most * RowLayout.Size);
    private readonly PublisherRow[] _rows;

    public LeaseLedgerTests()
    {
        for (int i = 0; i < RowLayout.Most * RowLayout.Size; i++)
            _lines[i] = 0;
        _rows = Enumerable.Range(0, RowLayout.Most).Select(i => new PublisherRow(i + 1, _lines + (i * RowLayout.Size))).ToArray();
    }

    public void Dispose() => Marshal.FreeHGlobal((IntPtr)_lines);

    [Fact]
    public void A_lease_counts_if_it_is_of_the_frame_that_was_newest_and_open()
    {
        LeaseLedger ledger = new(4);
        Lease(1, 0);
        ledger.Look<SharedStepMemory>(_rows, before: 0, wasOpen: true, newest: 1);
        Assert.Equal(0b0001u, ledger.Held);

        // It stays, newest or not, until the row says otherwise.
        ledger.Look<SharedStepMemory>(_rows, before: 1, wasOpen: false, newest: 2);
        Assert.Equal(0b0001u, ledger.Held);
        Lease(1, -1);
        ledger.Look<SharedStepMemory>(_rows, before: 2, wasOpen: false, newest: 3);
        Assert.Equal(0u, ledger.Held);
        Assert.Equal(0, ledger.NotHonoured);
    }

    [Fact]
    public void No_other_lease_counts()
    {
        LeaseLedger ledger = new(4);
        Lease(1, 0);
        ledger.Look<SharedStepMemory>(_rows, before: 0, wasOpen: false, newest: 1);
        Assert.Equal(0u, ledger.Held);
        Assert.Equal(1, ledger.NotHonoured);
        Lease(1, 3);
        ledger.Look<SharedStepMemory>(_rows, before: 1, wasOpen: true, newest: 2);
        Assert.Equal(0u, ledger.Held);
        Lease(1, 200);
        ledger.Look<SharedStepMemory>(_rows, before: 2, wasOpen: true, newest: 0);
        Assert.Equal(0u, ledger.Held);
        Assert.Equal(3, ledger.NotHonoured);

        // One of the frame that is newest now is only counted next time, and is no lie.
        Lease(1, 1);
        ledger.Look<SharedStepMemory>(_rows, before: 0, wasOpen: true, newest: 1);
        Assert.Equal(3, ledger.NotHonoured);
        ledger.Look<SharedStepMemory>(_rows, before: 1, wasOpen: true, newest: 2);
        Assert.Equal(0b0010u, ledger.Held);
    }

    [Fact]
    public void Who_sleeps_is_told_row_by_row()
    {
        LeaseLedger ledger = new(4);
        _rows[0].Line[RowLayout.Sleeping] = 1;
        _rows[62].Line[RowLayout.Sleeping] = 255;
        Assert.Equal((1UL << 1) | (1UL << 63), ledger.Look<SharedStepMemory>(_rows, 0, true, 1));
    }

    /// <summary>Whatever the rows contain, there is always a slot to take, and what is held was leased by the rules.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(24)]
    public void Random_rows_never_hold_more_than_slots_minus_two(int slots)
    {
        Random random = new(20_240_601);
        LeaseLedger ledger = new(slots);
        int newest = -1;
        bool isOpen = false;
        HashSet<int> seen = [];
        for (int round = 0; round < 20_000; round++)
        {
            foreach (PublisherRow row in _rows)
            {
                if (random.Next(3) == 0)
                    row.Line[RowLayout.Lease] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(slots + 1));
            }

            int free = Enumerable.Range(0, slots).First(slot => slot != newest && (ledger.Held & (1u << slot)) == 0);
            bool willBeOpen = ledger.WillBeOpen(newest, isOpen);
            ledger.Look<SharedStepMemory>(_rows, newest, isOpen, free);
            int held = Enumerable.Range(0, 32).Count(slot => (ledger.Held & (1u << slot)) != 0);
            Assert.InRange(held, 0, slots - 2);
            Assert.Equal(0u, ledger.Held & (1u << free));

            // What was promised before the look stands after it.
            Assert.True(!willBeOpen || ledger.IsOpen);
            isOpen = willBeOpen || ledger.IsOpen;
            newest = free;
            seen.Add(free);
        }

        Assert.InRange(seen.Count, 2, slots);
    }

    private void Lease(int row, int slot) => _rows[row - 1].Line[RowLayout.Lease] = (byte)(slot + 1);
}

using System;
using System.Collections.Generic;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Tests.Schedules;

/// <summary>
/// A plain memory's word, its companion, and who lives: what the clients of one schedule share. It knows whose part of the word is what, as
/// no client does, and says after each step whether what must always hold does (docs/protocol.md 8.3 to 8.6).
/// </summary>
internal sealed class SteppedLockMemory
{
    private const int RowsInUse = 5;

    /// <summary>A client that waits all the time, and takes no steps.</summary>
    private const uint Waiter = 77;

    private readonly HashSet<uint> _readers = [];
    private uint _writer;

    /// <param name="schedule">The order of steps.</param>
    /// <param name="freeRows">How many rows are left; the others belong to a client that waits.</param>
    public SteppedLockMemory(Schedule schedule, int freeRows = HoldersLayout.RowCount - 1)
    {
        Schedule = schedule;
        for (int row = freeRows + 1; row < HoldersLayout.RowCount; row++)
            Occupy(row);
    }

    public static SharedName Name { get; } = new("stepped", NameScope.Local);

    public Schedule Schedule { get; }

    public uint Word { get; private set; }

    public byte[] Companion { get; } = new byte[HoldersLayout.Size];

    /// <summary>Linux: which client's description has a byte of the file of locks locked.</summary>
    public Dictionary<int, object> Locks { get; } = [];

    /// <summary>Clients (their process ids) that have been killed.</summary>
    public HashSet<uint> Dead { get; } = [];

    /// <summary>True while the content is what a dead writer left.</summary>
    public bool IsHalfWritten { get; private set; }

    /// <summary>Rows that nobody of these scenarios ever uses need no place in the order: reading them is no step.</summary>
    public static bool IsInUse(int count, int offset) => count > HoldersLayout.RowSize || offset < HoldersLayout.Row(RowsInUse);

    /// <summary>The same of a row's byte, or its guard's, in the file of locks.</summary>
    public static bool IsInUse(int lockByte) => lockByte % HoldersLayout.RowCount < RowsInUse;

    /// <summary>True if a claim is one that stays.</summary>
    public static bool IsWaiter(ulong claim) => unchecked((uint)claim) == Waiter;

    /// <summary>The word has another value now, by a client; 0 for a foreign one, which leaves marks and their bits alone.</summary>
    public void Exchange(uint to, uint client)
    {
        LockWord before = new(Word), after = new(to);
        Word = to;
        Assert.Null(after.Fault);
        if (after.IsOwnWriter && !before.IsOwnWriter)
            _writer = client;
        if (!after.IsOwnWriter && before.IsOwnWriter)
        {
            if (_writer != client)
            {
                Assert.True(Dead.Contains(_writer), "A living writer has lost the lock.");
                IsHalfWritten = true;
                Assert.True(Companion[HoldersLayout.SuspectOffset] != 0, "What a dead writer left can be read without a warning.");
            }

            _writer = 0;
        }

        if (after.MarkedReaders > before.MarkedReaders)
            Assert.True(_readers.Add(client));
        else if (after.MarkedReaders < before.MarkedReaders && !_readers.Remove(client))
            Assert.True(_readers.RemoveWhere(Dead.Contains) >= before.MarkedReaders - after.MarkedReaders,
                "A living reader has lost the lock.");
        Schedule.Change();
        Check();
    }

    /// <summary>A writer has the lock and has written everything anew.</summary>
    public void WriteAnew() => IsHalfWritten = false;

    /// <summary>A step on the companion is done.</summary>
    public void Change()
    {
        Schedule.Change();
        Check();
    }

    /// <summary>Leaves what a client leaves that died in a state, with its part of the word or without it.</summary>
    public void LeaveDead(int row, LockMode mode, LockRowState state, bool hasPart)
    {
        Dead.Add(100u + (uint)row);
        Leave(row, mode, state, hasPart, ulong.MaxValue);
    }

    /// <summary>Puts a living client into a state, with its part of the word or without it.</summary>
    public void Place(int row, LockMode mode, LockRowState state, bool hasPart, ulong ticket = ulong.MaxValue)
    {
        Locks[row] = this;
        Leave(row, mode, state, hasPart, ticket);
    }

    private void Leave(int row, LockMode mode, LockRowState state, bool hasPart, ulong ticket)
    {
        uint client = 100u + (uint)row;
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Claim), client | (client * 1000UL << 32));
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Mode), (uint)mode);
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Token), (ulong)client);
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Ticket), ticket);
        Companion[HoldersLayout.Row(row) + LockRowLayout.State] = (byte)state;
        if (hasPart)
            Exchange(new LockWord(Word).Taken(mode, marked: true), client);
    }

    private void Occupy(int row)
    {
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Claim), (ulong)Waiter);
        BitConverter.TryWriteBytes(Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Ticket), ulong.MaxValue);
        Companion[HoldersLayout.Row(row) + LockRowLayout.State] = (byte)LockRowState.Waiting;
        Locks[row] = this;
    }

    private void Check()
    {
        if (_writer != 0 && !Dead.Contains(_writer))
            CheckRow(_writer);
        foreach (uint reader in _readers)
        {
            if (!Dead.Contains(reader))
                CheckRow(reader);
        }
    }

    private void CheckRow(uint client)
    {
        for (int row = 1; row < RowsInUse; row++)
        {
            if (unchecked((uint)SteppedRows.Claim(this, row)) == client && SteppedRows.State(this, row) >= (byte)LockRowState.Intent)
                return;
        }

        Assert.Fail($"Client {client} has a part of the word and no row that says so.");
    }
}

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

    private readonly HashSet<uint> _readers = [];
    private uint _writer;

    public SteppedLockMemory(Schedule schedule) => Schedule = schedule;

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

    /// <summary>Bytes that nobody of these scenarios ever writes need no place in the order: reading them is no step.</summary>
    public static bool IsInUse(int count, int offset) => count > HoldersLayout.RowSize || offset < HoldersLayout.Row(RowsInUse);

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
            Assert.True(_readers.RemoveWhere(Dead.Contains) >= before.MarkedReaders - after.MarkedReaders, "A living reader has lost the lock.");
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

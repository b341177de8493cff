using System;
using System.Text;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Platform.Windows;

/// <summary>
/// A mapped registry. The claim word decides everything and is only ever changed by compare-exchange: lease and
/// waiting of a row are written by whoever has put his own claim there, and by nobody else.
/// </summary>
internal sealed unsafe class WindowsReaderRegistry : ReaderRegistry
{
    private readonly SharedSection _section;
    private readonly WindowsProcessProbe _processes;
    private long _claimedRows;

    public WindowsReaderRegistry(SharedSection section, WindowsProcessProbe processes)
    {
        _section = section;
        _processes = processes;
    }

    /// <inheritdoc/>
    public override void Snapshot(byte* destination) =>
        Buffer.MemoryCopy(_section.Address, destination, RegistryLayout.Size, RegistryLayout.Size);

    /// <inheritdoc/>
    public override bool TryClaim(string label, out int row)
    {
        long own = OwnClaim();
        for (row = 1; row < RegistryLayout.Rows; row++)
        {
            long claim = ReadClaim(row);
            if (claim == own || (claim != 0 && !IsDead(claim)))
                continue;
            if (TryExchangeClaim(row, claim))
            {
                Fill(row, label);
                return true;
            }
        }

        row = 0;
        return false;
    }

    /// <inheritdoc/>
    public override void Release(int row)
    {
        Check(row);
        SetClaimed(row, false);
        if (ReadClaim(row) == OwnClaim())
            Clear(row);
    }

    /// <inheritdoc/>
    public override void WriteLease(int row, byte value) => WriteByte(row, RegistryLayout.Lease, value);

    /// <inheritdoc/>
    public override void WriteWaiting(int row, byte value) => WriteByte(row, RegistryLayout.Waiting, value);

    /// <inheritdoc/>
    public override bool ClearIfDead(int row)
    {
        Check(row);
        long claim = ReadClaim(row);

        // The row is claimed before it is cleared: cleared without, it could already be a new reader's.
        if (claim == 0 || !IsDead(claim) || !TryExchangeClaim(row, claim))
            return false;
        Clear(row);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // This process lives on, so nobody else could tell that its rows are free again.
        long claimed = Interlocked.Exchange(ref _claimedRows, 0);
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            if ((claimed & (1L << row)) != 0 && ReadClaim(row) == OwnClaim())
                Clear(row);
        }

        _section.Dispose();
    }

    private static void Check(int row)
    {
        if (row is < 1 or >= RegistryLayout.Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Rows are 1 to {RegistryLayout.Rows - 1}.");
    }

    private byte* Row(int row) => _section.Address + RegistryLayout.Row(row);

    private ref long ClaimWord(int row) => ref *(long*)(Row(row) + RegistryLayout.Claim);

    private long ReadClaim(int row) => Interlocked.Read(ref ClaimWord(row));

    private bool TryExchangeClaim(int row, long expected) =>
        Interlocked.CompareExchange(ref ClaimWord(row), OwnClaim(), expected) == expected;

    private long OwnClaim() => unchecked((long)_processes.Current.Claim);

    private bool IsDead(long claim) => _processes.ProbeClaim(unchecked((ulong)claim)) == ProcessLiveness.Dead;

    private void WriteByte(int row, int offset, byte value)
    {
        Check(row);
        Volatile.Write(ref *(Row(row) + offset), value);
        Thread.MemoryBarrier(); // partner: the publisher's fence in protocol 5.1, steps 2 and 6
    }

    private void Fill(int row, string label)
    {
        byte* start = Row(row);
        ProcessIdentity current = _processes.Current;
        *(uint*)(start + RegistryLayout.Lease) = 0;
        *(uint*)(start + RegistryLayout.Waiting) = 0;
        *(ulong*)(start + RegistryLayout.StartTime) = current.StartTime;
        *(ulong*)(start + RegistryLayout.Host) = current.Host;
        *(long*)(start + RegistryLayout.ClaimedAt) = MonotonicClock.UnixNow;

        byte[] text = Encoding.UTF8.GetBytes(label);
        int length = Math.Min(text.Length, RegistryLayout.LabelBytes);
        while (length > 0 && length < text.Length && (text[length] & 0xC0) == 0x80)
            length--; // do not cut a character in two
        for (int i = 0; i < RegistryLayout.LabelBytes; i++)
            start[RegistryLayout.Label + i] = i < length ? text[i] : (byte)0;

        SetClaimed(row, true);
        Thread.MemoryBarrier();
    }

    /// <summary>Empties a row that bears this process's claim; the claim goes last.</summary>
    private void Clear(int row)
    {
        byte* start = Row(row);
        for (int offset = RegistryLayout.Lease; offset < RegistryLayout.RowSize; offset++)
            start[offset] = 0;
        Interlocked.CompareExchange(ref ClaimWord(row), 0, OwnClaim());
    }

    private void SetClaimed(int row, bool claimed)
    {
        long seen;
        long wanted;
        do
        {
            seen = Interlocked.Read(ref _claimedRows);
            wanted = claimed ? seen | (1L << row) : seen & ~(1L << row);
        }
        while (Interlocked.CompareExchange(ref _claimedRows, wanted, seen) != seen);
    }
}

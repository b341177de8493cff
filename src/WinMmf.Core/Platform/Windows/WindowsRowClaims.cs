using System.Threading;
using WinMmf.Layouts;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Claims in a mapped registry (protocol 7.16). The claim word decides everything and is only ever changed by compare-exchange: the other
/// fields of a row are written by the process whose claim is there, and by no other.
/// </summary>
internal sealed unsafe class WindowsRowClaims
{
    private readonly SharedSection _section;
    private readonly WindowsProcessProbe _processes;

    public WindowsRowClaims(SharedSection section, WindowsProcessProbe processes)
    {
        _section = section;
        _processes = processes;
    }

    public byte* Line(int row) => _section.Address + RegistryLayout.Row(row);

    /// <summary>True if a process has the row, dead or alive.</summary>
    public bool IsClaimed(int row) => ReadClaim(row) != 0;

    /// <summary>Claims the lowest row that is free or a dead reader's; 0 if all are taken.</summary>
    public int TryClaim(string label)
    {
        long own = OwnClaim();
        for (int row = 1; row <= RowLayout.Most; row++)
        {
            long claim = ReadClaim(row);
            if (claim == own || (claim != 0 && !IsDead(claim)) || !TryExchange(row, claim))
                continue;
            Fill(row, label);
            return row;
        }

        return 0;
    }

    /// <summary>Claims a given row; false if a living process has it.</summary>
    public bool TryClaim(int row, string label)
    {
        long claim = ReadClaim(row);
        if ((claim != 0 && !IsDead(claim)) || !TryExchange(row, claim))
            return false;
        Fill(row, label);
        return true;
    }

    /// <summary>Releases this process's row.</summary>
    public void Release(int row)
    {
        if (ReadClaim(row) == OwnClaim())
            Clear(row);
    }

    /// <summary>Clears a row if its reader is certainly dead. True if it was cleared.</summary>
    public bool ClearIfDead(int row)
    {
        long claim = ReadClaim(row);

        // The row is claimed before it is cleared: otherwise it could already be a new reader's.
        if (claim == 0 || !IsDead(claim) || !TryExchange(row, claim))
            return false;
        Clear(row);
        return true;
    }

    private ref long ClaimWord(int row) => ref *(long*)(Line(row) + RowLayout.Claim);

    private long ReadClaim(int row) => Interlocked.Read(ref ClaimWord(row));

    private bool TryExchange(int row, long expected) => Interlocked.CompareExchange(ref ClaimWord(row), OwnClaim(), expected) == expected;

    private long OwnClaim() => unchecked((long)_processes.Current.Claim);

    private bool IsDead(long claim) => _processes.ProbeClaim(unchecked((ulong)claim)) == ProcessLiveness.Dead;

    private void Fill(int row, string label)
    {
        RowRecord.Write(Line(row), _processes.Current, MonotonicClock.UnixNow, label);
        Thread.MemoryBarrier();
    }

    /// <summary>Empties a row that has this process's claim; the claim is cleared last.</summary>
    private void Clear(int row)
    {
        byte* line = Line(row);
        for (int offset = RowLayout.Lease; offset < RowLayout.Size; offset++)
            line[offset] = 0;
        Interlocked.CompareExchange(ref ClaimWord(row), 0, OwnClaim());
    }
}

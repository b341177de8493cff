using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>
/// One open companion of a plain memory: the rows of those who have the lock or wait for it. The steps of protocol 8.3 to 8.5 are made of
/// these; every write is a full fence before what is read after it. Thread-safe.
/// </summary>
internal abstract unsafe class LockTable : IDisposable
{
    private readonly IProcessProbe _processes;

    protected LockTable(SharedName name, IProcessProbe processes)
    {
        Name = name;
        _processes = processes;
    }

    public SharedName Name { get; }

    /// <summary>
    /// Copies the whole companion (<see cref="HoldersLayout.Size"/> bytes). What a file cut short no longer has reads as 0.
    /// </summary>
    public void Snapshot(byte* destination) => Read(destination, HoldersLayout.Size, 0);

    /// <summary>Claims a free row, with state 0. False if there is none, which a sweep may change.</summary>
    public bool TryClaim(LockMode mode, ulong token, string label, out int row)
    {
        byte* snapshot = stackalloc byte[HoldersLayout.Size];
        Snapshot(snapshot);
        for (int pass = 0; pass < 2; pass++)
        {
            for (row = 1; row < HoldersLayout.RowCount; row++)
            {
                // Free rows first: checking whether a waiter is dead takes a system call.
                LockRow seen = LockRow.Read(snapshot, row);
                bool clean = seen.Claim == 0 && seen.State == LockRowState.Free;
                if (seen.MayHold || clean != (pass == 0) || !TryTake(row, seen.Claim))
                    continue;
                if (!ReadRow(row).MayHold)
                {
                    Fill(row, mode, token, label);
                    return true;
                }

                Give(row, keepClaim: true, seen.Claim);
            }
        }

        row = 0;
        return false;
    }

    /// <summary>Writes the state of a row that this table has claimed.</summary>
    public void WriteState(int row, LockRowState state)
    {
        byte value = (byte)state;
        Write(&value, 1, HoldersLayout.Row(row) + LockRowLayout.State);
    }

    /// <summary>Writes when a row's owner got the lock.</summary>
    public void WriteSince(int row, long unixTime) => Write((byte*)&unixTime, sizeof(long), HoldersLayout.Row(row) + LockRowLayout.Since);

    /// <summary>Gives a row back.</summary>
    public void Release(int row)
    {
        WriteState(row, LockRowState.Free);
        Give(row, keepClaim: false, 0);
    }

    /// <summary>Whether the owner of a row lives. Never calls a living one dead.</summary>
    /// <param name="seen">The row as it was read. If it has changed since, its owner lives.</param>
    public bool IsDead(in LockRow seen)
    {
        if (seen.State == LockRowState.Free || IsTakenByLiving(seen.Index, seen.Claim))
            return false;

        // If it was released normally in between, it was not a dead client's. Claims differ by their ticket.
        LockRow now = ReadRow(seen.Index);
        return now.IsSameMoment(in seen);
    }

    /// <summary>
    /// True if the process that a row names is certainly gone. A dead waiter's row looks alive (<see cref="IsDead"/>) while
    /// another client has taken it and has not filled it yet.
    /// </summary>
    public bool IsProcessGone(in LockRow seen) => _processes.Probe(seen.Process) == ProcessLiveness.Dead;

    /// <summary>True while a recovery is in progress, its rescuer dead or alive.</summary>
    public bool IsRecovering => ReadClaim(HoldersLayout.RescuerRow) != 0;

    /// <summary>Takes the recovery word, a dead rescuer's too. False while a living rescuer has it.</summary>
    public bool TryBeginRecovery(ulong token)
    {
        if (!TryTakeRecovery())
            return false;
        Fill(HoldersLayout.RescuerRow, default, token, "");
        return true;
    }

    /// <summary>Ends this table's own recovery.</summary>
    public void EndRecovery() => GiveRecovery();

    /// <summary>Ends a dead rescuer's recovery. False while a living rescuer recovers.</summary>
    public bool TryEndDeadRecovery()
    {
        if (!TryTakeRecovery())
            return false;
        GiveRecovery();
        return true;
    }

    /// <summary>Rescuer: marks a dead row as one that may or may not have a part in the word.</summary>
    public void MarkDead(in LockRow seen) => WriteState(seen.Index, LockRowState.Releasing);

    /// <summary>Rescuer: frees a dead row. The claim is cleared first: no client may claim a row in state 4.</summary>
    public void FreeDead(in LockRow seen)
    {
        DropDeadClaim(seen.Index, seen.Claim);
        WriteState(seen.Index, LockRowState.Free);
    }

    /// <summary>True while the content is what a dead writer left.</summary>
    public bool IsSuspect
    {
        get
        {
            uint value;
            Read((byte*)&value, sizeof(uint), HoldersLayout.SuspectOffset);
            return value != 0;
        }
    }

    /// <summary>The mark on what a dead writer left; null if there is none.</summary>
    public SuspectMark? ReadSuspect()
    {
        if (!IsSuspect)
            return null;
        const int Length = HoldersLayout.SuspectWriterOffset + SharedIdentity.Size - HoldersLayout.SuspectSinceOffset;
        byte* bytes = stackalloc byte[Length];
        Read(bytes, Length, HoldersLayout.SuspectSinceOffset);
        return new SuspectMark(MonotonicClock.ToUtc(*(long*)bytes),
            SharedIdentity.Read(bytes + HoldersLayout.SuspectWriterOffset - HoldersLayout.SuspectSinceOffset));
    }

    /// <summary>Marks the content as what a dead writer left.</summary>
    public void MarkSuspect(ProcessIdentity writer)
    {
        const int Length = HoldersLayout.SuspectWriterOffset + SharedIdentity.Size - HoldersLayout.SuspectSinceOffset;
        byte* bytes = stackalloc byte[Length];
        *(long*)bytes = MonotonicClock.UnixNow;
        SharedIdentity.Write(bytes + HoldersLayout.SuspectWriterOffset - HoldersLayout.SuspectSinceOffset, writer);
        Write(bytes, Length, HoldersLayout.SuspectSinceOffset);
        WriteSuspect(1);
    }

    /// <summary>The content was written anew, or found good, under the lock.</summary>
    public void ClearSuspect()
    {
        if (IsSuspect)
            WriteSuspect(0);
    }

    /// <summary>Reads one row.</summary>
    public LockRow ReadRow(int row)
    {
        byte* copy = stackalloc byte[HoldersLayout.Size];
        Read(copy + HoldersLayout.Row(row), HoldersLayout.RowSize, HoldersLayout.Row(row));
        return LockRow.Read(copy, row);
    }

    /// <summary>Sleeps until woken, until the word has changed, or until the time is over. May return early without a reason.</summary>
    /// <param name="row">The waiter's row, in state 1.</param>
    /// <param name="word">The lock word.</param>
    /// <param name="seen">The value that did not allow the lock.</param>
    /// <param name="milliseconds">How long at most.</param>
    public abstract void Wait(int row, uint* word, uint seen, int milliseconds);

    /// <summary>Wakes those who wait for a change of the word.</summary>
    public abstract void Wake(uint* word);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Reads bytes; those that a file cut short no longer has are 0.</summary>
    protected abstract void Read(byte* destination, int count, int offset);

    /// <summary>Writes bytes, one byte never torn; then a full fence.</summary>
    /// <exception cref="WinMmfException">SystemError if they could not be written.</exception>
    protected abstract void Write(byte* source, int count, int offset);

    /// <summary>Takes a row whose claim was seen as 0 or a dead process's. False if another client has it.</summary>
    protected abstract bool TryTake(int row, ulong claim);

    /// <summary>Lets a taken row go; with <paramref name="keepClaim"/> under the claim that it had.</summary>
    protected abstract void Give(int row, bool keepClaim, ulong claim);

    /// <summary>False only if no living process has a row under this claim.</summary>
    protected abstract bool IsTakenByLiving(int row, ulong claim);

    /// <summary>Rescuer: removes a dead process's claim.</summary>
    protected abstract void DropDeadClaim(int row, ulong claim);

    /// <summary>Takes the recovery word unless a living rescuer has it.</summary>
    protected abstract bool TryTakeRecovery();

    /// <summary>Gives the recovery word back.</summary>
    protected abstract void GiveRecovery();

    /// <summary>The claim of this process.</summary>
    protected ulong OwnClaim => _processes.Current.Claim;

    protected ulong ReadClaim(int row)
    {
        ulong claim;
        Read((byte*)&claim, sizeof(ulong), HoldersLayout.Row(row) + LockRowLayout.Claim);
        return claim;
    }

    protected void WriteClaim(int row, ulong claim) => Write((byte*)&claim, sizeof(ulong), HoldersLayout.Row(row) + LockRowLayout.Claim);

    private void WriteSuspect(uint value) => Write((byte*)&value, sizeof(uint), HoldersLayout.SuspectOffset);

    private void Fill(int row, LockMode mode, ulong token, string label)
    {
        ProcessIdentity self = _processes.Current;
        byte* bytes = stackalloc byte[HoldersLayout.RowSize];
        for (int i = 0; i < HoldersLayout.RowSize; i++)
            bytes[i] = 0;
        *(ulong*)(bytes + LockRowLayout.Claim) = self.Claim;
        *(uint*)(bytes + LockRowLayout.Mode) = (uint)mode;
        *(ulong*)(bytes + LockRowLayout.Token) = token;
        *(ulong*)(bytes + LockRowLayout.StartTime) = self.StartTime;
        *(ulong*)(bytes + LockRowLayout.Host) = self.Host;
        *(uint*)(bytes + LockRowLayout.Thread) = (uint)Environment.CurrentManagedThreadId;
        *(long*)(bytes + LockRowLayout.Ticket) = MonotonicClock.Now;
        *(long*)(bytes + LockRowLayout.Since) = MonotonicClock.UnixNow;
        SharedText.Write(bytes + LockRowLayout.Account, LockRowLayout.AccountBytes, _processes.CurrentAccount);
        SharedText.Write(bytes + LockRowLayout.Label, LockRowLayout.LabelBytes, label);

        // Without the claim: on Windows it is there already, and it decides who owns the row.
        const int Skip = LockRowLayout.State;
        Write(bytes + Skip, HoldersLayout.RowSize - Skip, HoldersLayout.Row(row) + Skip);
        if (ReadClaim(row) != self.Claim)
            WriteClaim(row, self.Claim);
    }
}

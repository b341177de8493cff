using System;
using WinMmf.Layouts;
using WinMmf.Time;

namespace WinMmf.Locking;

/// <summary>
/// Whose turn it is (protocol 8.7): a client gives way to a living waiter that came before it and has waited for some time, but only for a
/// limited time, so a stopped waiter blocks no other client. Thread-safe: at worst a client gives way twice.
/// </summary>
internal sealed unsafe class LockTurns
{
    private const long HonouredAfter = 10_000_000;
    private const long GivenWayFor = 50_000_000;
    private const long GivenWayInAll = 5_000_000_000;
    private const long IgnoredFor = 1_000_000_000;
    private readonly Turn[] _turns = new Turn[HoldersLayout.RowCount];

    /// <summary>True if another client goes first, although the word would allow the lock.</summary>
    /// <param name="table">The companion.</param>
    /// <param name="row">The own row.</param>
    /// <param name="mode">What is wanted.</param>
    /// <param name="word">The word, which allows it.</param>
    public bool MustGiveWay(LockTable table, int row, LockMode mode, LockWord word)
    {
        byte* snapshot = stackalloc byte[HoldersLayout.Size];
        table.Snapshot(snapshot);
        ulong own = LockRow.Read(snapshot, row).Ticket;
        long now = MonotonicClock.Now;
        for (int other = 1; other < HoldersLayout.RowCount; other++)
        {
            LockRow seen = LockRow.Read(snapshot, other);
            if (other == row
                || seen.State is not (LockRowState.Waiting or LockRowState.Intent)
                || (mode == LockMode.Read && seen.Mode == LockMode.Read)
                || !IsBefore(in seen, own, row)
                || unchecked(now - (long)seen.Ticket) is < HonouredAfter)
            {
                continue;
            }

            if (IsHonoured(other, seen.Ticket, word.Allows(seen.Mode), now) && !table.IsDead(in seen))
                return true;
        }

        return false;
    }

    private static bool IsBefore(in LockRow other, ulong ticket, int row) =>
        other.Ticket < ticket || (other.Ticket == ticket && other.Index < row);

    private bool IsHonoured(int row, ulong ticket, bool isAllowed, long now)
    {
        Turn turn = _turns[row];
        if (turn.Ticket != ticket || (turn.IgnoredSince != 0 && now - turn.IgnoredSince > IgnoredFor))
            turn = new Turn { Ticket = ticket, Since = now };
        if (turn.AllowedSince == 0 && isAllowed)
            turn.AllowedSince = now;
        if (turn.IgnoredSince == 0
            && ((turn.AllowedSince != 0 && now - turn.AllowedSince > GivenWayFor) || now - turn.Since > GivenWayInAll))
            turn.IgnoredSince = now;
        _turns[row] = turn;
        return turn.IgnoredSince == 0;
    }

    /// <summary>How a waiter has been treated; times are monotonic, 0 for never.</summary>
    private struct Turn
    {
        public ulong Ticket;

        /// <summary>Since when it has been given way to.</summary>
        public long Since;

        /// <summary>Since when it could have had the lock.</summary>
        public long AllowedSince;

        /// <summary>Since when it has not been given way to any more.</summary>
        public long IgnoredSince;
    }
}

using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Whose a row of a companion is: the claim decides it, and is only ever changed by compare-exchange (protocol 8.2).
/// </summary>
internal abstract class WindowsRowTable : LockTable
{
    protected WindowsRowTable(SharedName name, IProcessProbe processes)
        : base(name, processes)
    {
    }

    /// <summary>Replaces the claim of a row if it is still there; a full fence.</summary>
    protected abstract bool TryExchangeClaim(int row, ulong from, ulong to);

    /// <summary>True if the process of a claim has ended for certain.</summary>
    protected abstract bool IsGone(ulong claim);

    /// <inheritdoc/>
    protected override bool TryTake(int row, ulong claim) => (claim == 0 || IsGone(claim)) && TryExchangeClaim(row, claim, OwnClaim);

    /// <inheritdoc/>
    protected override void Give(int row, bool keepClaim, ulong claim) => TryExchangeClaim(row, OwnClaim, keepClaim ? claim : 0);

    /// <inheritdoc/>
    protected override bool IsTakenByLiving(int row, ulong claim) => !IsGone(claim);

    /// <inheritdoc/>
    protected override void DropDeadClaim(int row, ulong claim) => TryExchangeClaim(row, claim, 0);

    /// <inheritdoc/>
    protected override bool TryTakeRecovery()
    {
        ulong claim = ReadClaim(HoldersLayout.RescuerRow);
        return TryTake(HoldersLayout.RescuerRow, claim);
    }

    /// <inheritdoc/>
    protected override void GiveRecovery() => Give(HoldersLayout.RescuerRow, keepClaim: false, 0);
}

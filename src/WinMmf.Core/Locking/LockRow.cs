using WinMmf.Layouts;
using WinMmf.Processes;

namespace WinMmf.Locking;

/// <summary>One row as it was read at one moment, without its texts.</summary>
internal readonly unsafe struct LockRow
{
    private LockRow(int index, byte* row)
    {
        Index = index;
        Claim = *(ulong*)(row + LockRowLayout.Claim);
        State = (LockRowState)row[LockRowLayout.State];
        Mode = (LockMode)(*(uint*)(row + LockRowLayout.Mode));
        Token = *(ulong*)(row + LockRowLayout.Token);
        StartTime = *(ulong*)(row + LockRowLayout.StartTime);
        Host = *(ulong*)(row + LockRowLayout.Host);
        Ticket = *(ulong*)(row + LockRowLayout.Ticket);
    }

    public int Index { get; }

    public ulong Claim { get; }

    public LockRowState State { get; }

    public LockMode Mode { get; }

    public ulong Token { get; }

    public ulong StartTime { get; }

    public ulong Host { get; }

    public ulong Ticket { get; }

    public ProcessIdentity Process => new(unchecked((uint)Claim), StartTime, Host);

    /// <summary>True if it may have a part in the word.</summary>
    public bool MayHold => State is LockRowState.Intent or LockRowState.Held or LockRowState.Releasing;

    /// <summary>Reads a row from a private copy of the companion.</summary>
    public static LockRow Read(byte* snapshot, int row) => new(row, snapshot + HoldersLayout.Row(row));

    /// <summary>True if it is still the same claim in the same state.</summary>
    public bool IsSameMoment(in LockRow other) => IsSameClaim(in other) && State == other.State;

    /// <summary>True if no client has claimed the row since.</summary>
    public bool IsSameClaim(in LockRow other) => Claim == other.Claim && Token == other.Token && Ticket == other.Ticket;
}

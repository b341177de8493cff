using System;
using System.Globalization;
using WinMmf.Processes;

namespace WinMmf.Locking;

/// <summary>A client that has a lock or waits for it, as its row says.</summary>
internal sealed class LockParty
{
    internal LockParty(CountedRow counted, string? program)
    {
        LockRow row = counted.Row;
        OwnerId = LockOwner.Name(row.Process.ProcessId, row.Token);
        Process = row.Process;
        Program = program;
        Mode = row.Mode == LockMode.Write ? LockMode.Write : LockMode.Read;
        IsAlive = !counted.IsDead;
        IsWaiting = row.State == LockRowState.Waiting;
        State = row.State.ToString();
        Thread = (int)counted.Text.Thread;
        Account = counted.Text.Account;
        Label = counted.Text.Label;
        Since = counted.Text.Since;
    }

    /// <summary>Names the owner: process id, a dot, and its token.</summary>
    public string OwnerId { get; }

    /// <summary>The process.</summary>
    public ProcessIdentity Process { get; }

    /// <summary>
    /// False if the client's process is not known: it has ended, and the companion that named it went with the last client (protocol 8.9).
    /// </summary>
    internal bool HasRecord => !Process.IsLost;

    /// <summary>The process's program; null if the process is gone or cannot be seen.</summary>
    public string? Program { get; }

    /// <summary>How it has or wants the lock.</summary>
    public LockMode Mode { get; }

    /// <summary>False only if it has died for certain.</summary>
    public bool IsAlive { get; }

    /// <summary>True if it waits.</summary>
    public bool IsWaiting { get; }

    /// <summary>State of its row: Waiting, Intent, Held, Releasing.</summary>
    public string State { get; }

    /// <summary>The managed thread that asked for the lock.</summary>
    public int Thread { get; }

    /// <summary>Its account, as it says itself.</summary>
    public string Account { get; }

    /// <summary>What it calls its lock.</summary>
    public string Label { get; }

    /// <summary>Since when it has had the lock or waited for it, UTC.</summary>
    public DateTime Since { get; }

    /// <summary>Text for display.</summary>
    public override string ToString()
    {
        string doing = Mode == LockMode.Read ? "reading" : "writing";
        if (Process.IsLost)
            return $"a WinMmf program that ended while it was {doing}, dead; the list that named it ended with it";
        string program = Program is null ? "" : $" ({Program})";
        string label = Label.Length == 0 ? "" : $", '{Label}'";
        string since = Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"process {Process.ProcessId}{program} of {Account}, {(IsAlive ? "alive" : "dead")}, "
            + $"{doing} since {since} UTC{label}";
    }
}

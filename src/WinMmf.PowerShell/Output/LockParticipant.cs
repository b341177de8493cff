using System;
using WinMmf.Locking;

namespace WinMmf.PowerShell.Output;

/// <summary>A process that has a lock or waits for it.</summary>
public sealed class LockParticipant
{
    private readonly bool _hasRecord;

    internal LockParticipant(LockParty party)
    {
        _hasRecord = party.HasRecord;
        OwnerId = party.OwnerId;
        ProcessId = party.HasRecord ? (int)party.Process.ProcessId : 0;
        ProcessName = party.Program;
        Account = party.Account;
        Mode = party.Mode.ToString();
        State = party.State;
        IsAlive = party.IsAlive;
        Since = LocalTime.Of(party.Since);
        Label = party.Label;
        Thread = party.Thread;
    }

    /// <summary>Names the owner: process id, a dot, and its token. Unlock-SharedMemory takes it.</summary>
    public string OwnerId { get; }

    /// <summary>The process; 0 for a dead one of which nothing else is known.</summary>
    public int ProcessId { get; }

    /// <summary>Its program; nothing if it is gone or cannot be seen.</summary>
    public string? ProcessName { get; }

    /// <summary>Its account, as it says itself.</summary>
    public string Account { get; }

    /// <summary>How it has or wants the lock.</summary>
    public string Mode { get; }

    /// <summary>Waiting, Intent, Held or Releasing.</summary>
    public string State { get; }

    /// <summary>False only if it has died for certain.</summary>
    public bool IsAlive { get; }

    /// <summary>Since when it has had the lock or waited for it (local time).</summary>
    public DateTime Since { get; }

    /// <summary>What it calls its lock.</summary>
    public string Label { get; }

    /// <summary>The managed thread that asked for the lock.</summary>
    public int Thread { get; }

    /// <summary>Text for display: process, program, whether it lives, label.</summary>
    public override string ToString() => !_hasRecord ? "a dead WinMmf program"
        : $"{ProcessId}{(ProcessName is null ? "" : $" ({ProcessName})")}{(IsAlive ? "" : " dead")}"
            + $"{(Label.Length == 0 ? "" : $" '{Label}'")}";
}

using System;

namespace WinMmf.Processes;

/// <summary>
/// Identifies one process: a pid alone is reused, a pid with its start time is not. Layout in shared memory: <c>docs/protocol.md</c>
/// section 2.2.
/// </summary>
public readonly struct ProcessIdentity : IEquatable<ProcessIdentity>
{
    /// <summary>Makes an identity from its parts.</summary>
    /// <param name="processId">The process id as its own system numbers it.</param>
    /// <param name="startTime">Linux: clock ticks since boot; Windows: creation time as FILETIME; 0 if unknown.</param>
    /// <param name="host">Boot and pid namespace on Linux, 0 on Windows.</param>
    public ProcessIdentity(uint processId, ulong startTime, ulong host)
    {
        ProcessId = processId;
        StartTime = startTime;
        Host = host;
    }

    /// <summary>The process id.</summary>
    public uint ProcessId { get; }

    /// <summary>When the process started, in the system's own unit.</summary>
    public ulong StartTime { get; }

    /// <summary>The boot and pid namespace in which <see cref="ProcessId"/> means something.</summary>
    public ulong Host { get; }

    /// <summary>True if no process is named.</summary>
    public bool IsEmpty => ProcessId == 0;

    /// <summary>
    /// Stands for a process that has ended and whose record is lost (protocol 8.9). No process has this id: those of Windows are multiples
    /// of 4.
    /// </summary>
    internal static ProcessIdentity Lost => new(uint.MaxValue, 1, 0);

    /// <summary>True for a process that has ended and of which no more is known than that.</summary>
    internal bool IsLost => ProcessId == uint.MaxValue;

    /// <summary>The registry's claim word: pid, and the low half of the start time above it.</summary>
    internal ulong Claim => ProcessId | (StartTime << 32);

    /// <inheritdoc/>
    public bool Equals(ProcessIdentity other) =>
        ProcessId == other.ProcessId && StartTime == other.StartTime && Host == other.Host;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ProcessIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((int)ProcessId * 397) ^ StartTime.GetHashCode() ^ Host.GetHashCode());

    /// <summary>True if both name the same process.</summary>
    public static bool operator ==(ProcessIdentity left, ProcessIdentity right) => left.Equals(right);

    /// <summary>True if they name different processes.</summary>
    public static bool operator !=(ProcessIdentity left, ProcessIdentity right) => !left.Equals(right);
}

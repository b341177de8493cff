using System;
using WinMmf.Names;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>A channel as seen at one moment.</summary>
public sealed class ChannelReport
{
    internal ChannelReport(SharedName name, string ownerId, ChannelState state, ControlDescription description, ChannelCounters counters,
        FrameInfo? newest, string? program, FailureRecord? failure = null)
    {
        Name = name;
        OwnerId = ownerId;
        State = state;
        Epoch = description.Epoch;
        Slots = description.Slots;
        SlotCapacity = description.SlotCapacity;
        FrameRate = description.FrameRateMillihertz / 1000.0;
        CreatedAt = MonotonicClock.ToUtc(description.CreatedAt);
        Owner = description.Owner;
        OwnerProgram = program;
        Account = description.Account;
        Source = description.Source;
        ControlEndpoint = description.Endpoint;
        Resident = description.Resident;
        Counters = counters;
        Newest = newest;
        LastError = failure?.Text;
        LastErrorAt = failure?.At;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>
    /// The account that the channel belongs to, as the kernel says: a SID on Windows, a uid on Linux; empty where it is not told.
    /// </summary>
    public string OwnerId { get; }

    /// <summary>How the channel is.</summary>
    public ChannelState State { get; }

    /// <summary>How many publishers the channel has had.</summary>
    public long Epoch { get; }

    /// <summary>Slots.</summary>
    public int Slots { get; }

    /// <summary>Bytes a slot can hold.</summary>
    public long SlotCapacity { get; }

    /// <summary>Nominal frames a second; 0 if unknown.</summary>
    public double FrameRate { get; }

    /// <summary>When the channel was created, UTC.</summary>
    public DateTime CreatedAt { get; }

    /// <summary>The publisher's process.</summary>
    public ProcessIdentity Owner { get; }

    /// <summary>Name of the publisher's program; null if its process is gone or cannot be seen.</summary>
    public string? OwnerProgram { get; }

    /// <summary>Account that publishes, as the publisher says.</summary>
    public string Account { get; }

    /// <summary>What is published, as the publisher says.</summary>
    public string Source { get; }

    /// <summary>Where the publisher's control pipe listens; empty if it has none.</summary>
    public string ControlEndpoint { get; }

    /// <summary>
    /// What the publisher measured to be locked or in large pages of the frames' memory; nothing where it was not asked for.
    /// </summary>
    public ResidentBytes Resident { get; }

    /// <summary>Why the source failed last, as the publisher says; null if it never has. It stays when the source is back.</summary>
    public string? LastError { get; }

    /// <summary>When the source failed last, UTC; null if it never has.</summary>
    public DateTime? LastErrorAt { get; }

    /// <summary>The publisher's counters.</summary>
    public ChannelCounters Counters { get; }

    /// <summary>The newest frame; null if there is none yet.</summary>
    public FrameInfo? Newest { get; }
}

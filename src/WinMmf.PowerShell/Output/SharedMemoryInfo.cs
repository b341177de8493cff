using System;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Health;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Output;

/// <summary>One shared memory of this machine as it was at one moment.</summary>
public sealed class SharedMemoryInfo
{
    internal SharedMemoryInfo(SharedMemoryReport report)
    {
        ChannelReport? channel = report.Channel;
        Name = report.Name.Name;
        Scope = ElsewhereScope.Describe(report.Name);
        Kind = report.Kind.ToString();
        State = report.Error?.ErrorId.ToString() ?? channel?.State.ToString() ?? DescribeLock(report) ?? report.Kind.ToString();
        Verdict = report.Verdict?.ToString();
        IsSuspect = report.IsSuspect;
        Size = report.Size;
        ProcessId = report.Owner.IsEmpty ? null : (int)report.Owner.ProcessId;
        ProcessName = report.OwnerProgram;
        Account = channel?.Account ?? report.Origin?.Account ?? report.SystemOwner;
        LockedBytes = report.Resident.Locked;
        LargePageBytes = report.Resident.LargePages;
        CreatedAt = LocalTime.Of(channel?.CreatedAt ?? report.Origin?.CreatedAt);
        Error = report.Error is null ? null : ErrorRecords.Describe(report.Error);
        KeptBy = string.IsNullOrEmpty(report.Origin?.KeeperEndpoint) || report.OwnerProgram is null ? null : ProcessId;
        if (channel is null)
            return;

        Source = channel.Source;
        SourceState = SourceFailure.StateOf(channel.State, channel.LastError).ToString();
        LastError = channel.LastError;
        LastErrorAt = LocalTime.Of(channel.LastErrorAt);
        FrameRate = channel.FrameRate;
        Slots = channel.Slots;
        Epoch = channel.Epoch;
        Published = channel.Counters.Published;
        Dropped = channel.Counters.Dropped;
        LeasedSlotsPassed = channel.Counters.LeasedSlotsPassed;
        LeasesIgnored = channel.Counters.LeasesIgnored;
        WakeUps = channel.Counters.WakeUps;
        SourceRestarts = channel.Counters.SourceRestarts;
        RowsCleared = channel.Counters.RowsCleared;
        if (channel.Newest is not FrameInfo newest)
            return;

        FrameNumber = newest.FrameNumber;
        Width = newest.Format.Width;
        Height = newest.Format.Height;
        PixelFormat = newest.Format.PixelFormat.ToString();
        Format = FrameProperties.Format(newest.Format);
        AgeSeconds = FrameProperties.Seconds(newest.Age);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>
    /// Where the name is visible: Local, Global, or with -AllUsers the Local scope of another user or session, as Local:NUMBER. No cmdlet
    /// takes the latter for the caller's own.
    /// </summary>
    public string Scope { get; }

    /// <summary>The kind of object that has the name.</summary>
    public string Kind { get; }

    /// <summary>How it is: a channel's state, a plain memory's lock, else why nothing can be said.</summary>
    public string State { get; }

    /// <summary>What can be said of a plain memory's lock: Free, Held, Waiting, Abandoned, Uncertain, Foreign or Corrupt.</summary>
    public string? Verdict { get; }

    /// <summary>
    /// True if a plain memory's data may be half written: a writer died with the lock, and no WinMmf program has written since.
    /// </summary>
    public bool IsSuspect { get; }

    /// <summary>Bytes: of a plain memory its data, of a channel all its sections; 0 if unknown.</summary>
    public long Size { get; }

    /// <summary>How many of them are really locked in memory, as its creator or publisher measured.</summary>
    public long LockedBytes { get; }

    /// <summary>How many of them are in large pages, as its creator or publisher measured.</summary>
    public long LargePageBytes { get; }

    /// <summary>The process that made or publishes it.</summary>
    public int? ProcessId { get; }

    /// <summary>That process's program; nothing if it is gone or cannot be seen.</summary>
    public string? ProcessName { get; }

    /// <summary>The process that keeps a plain memory alive when all others have closed it; empty if there is none.</summary>
    public int? KeptBy { get; }

    /// <summary>The account that made or publishes it, as it says itself.</summary>
    public string? Account { get; }

    /// <summary>When it was made (local time).</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>What a channel shows.</summary>
    public string? Source { get; }

    /// <summary>How a channel's source is, as Get-CameraPublisher says it; nothing for a plain memory.</summary>
    public string? SourceState { get; }

    /// <summary>
    /// Why a channel's source failed last, as its publisher says; nothing if it never has. It stays when the source is back.
    /// </summary>
    public string? LastError { get; }

    /// <summary>When a channel's source failed last (local time); nothing if it never has.</summary>
    public DateTime? LastErrorAt { get; }

    /// <summary>A channel's nominal frames a second; 0 if unknown.</summary>
    public double? FrameRate { get; }

    /// <summary>Pixels a row of a channel's newest frame.</summary>
    public int? Width { get; }

    /// <summary>Rows of a channel's newest frame.</summary>
    public int? Height { get; }

    /// <summary>Pixel format of a channel's newest frame.</summary>
    public string? PixelFormat { get; }

    /// <summary>Size and pixel format of a channel's newest frame, in one.</summary>
    public string? Format { get; }

    /// <summary>Number of a channel's newest frame.</summary>
    public long? FrameNumber { get; }

    /// <summary>How old a channel's newest frame was, seconds.</summary>
    public double? AgeSeconds { get; }

    /// <summary>A channel's slots.</summary>
    public int? Slots { get; }

    /// <summary>How many publishers a channel has had.</summary>
    public long? Epoch { get; }

    /// <summary>Frames published.</summary>
    public long? Published { get; }

    /// <summary>Frames dropped because no slot was free.</summary>
    public long? Dropped { get; }

    /// <summary>Times that a slot was passed over because a reader leased it.</summary>
    public long? LeasedSlotsPassed { get; }

    /// <summary>Leases not honoured because there were too many.</summary>
    public long? LeasesIgnored { get; }

    /// <summary>Readers woken.</summary>
    public long? WakeUps { get; }

    /// <summary>Restarts of the source.</summary>
    public long? SourceRestarts { get; }

    /// <summary>Registry rows of dead readers cleared.</summary>
    public long? RowsCleared { get; }

    /// <summary>Why it cannot be read.</summary>
    public string? Error { get; }

    // The word alone would call a lock Writing whose owner is dead.
    private static string? DescribeLock(SharedMemoryReport report) =>
        report.Verdict is LockVerdict.Abandoned or LockVerdict.Uncertain or LockVerdict.Corrupt
            ? report.Verdict.ToString()
            : report.Lock?.ToString();

    /// <summary>The name with its scope in front.</summary>
    public override string ToString() => $"{Scope}\\{Name}";
}

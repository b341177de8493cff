using System;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Time;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// The state of a running publisher: written by the publishing thread, read by the control pipe and the display. The writer's own counters
/// may not be touched by them, since its memory goes when it ends.
/// </summary>
internal sealed class PublishStatus
{
    private readonly long _started = MonotonicClock.Now;
    private long _published;
    private long _dropped;
    private long _restarts;
    private long _late;
    private long _mirrorWritten;
    private long _mirrorSkipped;
    private long _mirrorWaited;
    private int _state = (int)ChannelState.Starting;
    private volatile string _error = "";
    private volatile object _format = default(FrameFormat);
    private long _errorAt;

    public PublishStatus(SharedName name) => Name = name;

    public SharedName Name { get; }

    public FrameFormat Format
    {
        get => (FrameFormat)_format;
        set => _format = value;
    }

    public double FrameRate { get; set; }

    public string Source { get; set; } = "";

    public long Epoch { get; set; }

    public int Slots { get; set; }

    public bool TookOver { get; set; }

    /// <summary>What is locked or in large pages.</summary>
    public ResidentBytes Resident { get; set; }

    /// <summary>Full path of the log; empty if there is none.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>The plain memory that is fed as well; empty if there is none.</summary>
    public string Mirror { get; set; } = "";

    public long MirrorWritten => Volatile.Read(ref _mirrorWritten);

    public long MirrorSkipped => Volatile.Read(ref _mirrorSkipped);

    public long MirrorWaited => Volatile.Read(ref _mirrorWaited);

    public long Published => Volatile.Read(ref _published);

    public long Dropped => Volatile.Read(ref _dropped);

    public long Restarts => Volatile.Read(ref _restarts);

    public long Late => Volatile.Read(ref _late);

    public TimeSpan Uptime => TimeSpan.FromTicks((MonotonicClock.Now - _started) / 100);

    public ChannelState State
    {
        get => (ChannelState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    /// <summary>The last failure; empty if there was none.</summary>
    public string Error => _error;

    /// <summary>When that was, UTC; null if there was none.</summary>
    public DateTime? ErrorAt => Volatile.Read(ref _errorAt) is long ticks and > 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;

    /// <summary>Notes a failure. The text has no secrets.</summary>
    public void Fail(string text)
    {
        _error = text;
        Volatile.Write(ref _errorAt, DateTime.UtcNow.Ticks);
    }

    /// <summary>Takes over the pump's counters; called on its thread.</summary>
    public void Update(FramePump pump)
    {
        if (pump.Published > _published)
            State = ChannelState.Live;
        Volatile.Write(ref _published, pump.Published);
        Volatile.Write(ref _dropped, pump.Dropped);
        Volatile.Write(ref _restarts, pump.Restarts);
        Volatile.Write(ref _late, pump.Late);
        if (pump.Mirror is IFrameMirror mirror)
            Update(mirror);
    }

    /// <summary>Takes over a mirror's counters.</summary>
    public void Update(IFrameMirror mirror)
    {
        Volatile.Write(ref _mirrorWritten, mirror.Written);
        Volatile.Write(ref _mirrorSkipped, mirror.Skipped);
        Volatile.Write(ref _mirrorWaited, mirror.Waited);
    }
}

using System;
using WinMmf.Frames;
using WinMmf.Management.Health;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>A channel's publisher as it was at one moment.</summary>
public sealed class CameraPublisher
{
    internal CameraPublisher(ChannelReport channel)
        : this(channel, channel.State)
    {
    }

    /// <param name="channel">How it was.</param>
    /// <param name="state">How it is by now.</param>
    internal CameraPublisher(ChannelReport channel, ChannelState state)
    {
        Channel = channel;
        State = state.ToString();
        SourceState = SourceFailure.StateOf(state, channel.LastError).ToString();
        if (channel.Newest is not FrameInfo newest)
            return;
        FrameNumber = newest.FrameNumber;
        Width = newest.Format.Width;
        Height = newest.Format.Height;
        PixelFormat = newest.Format.PixelFormat.ToString();
        Format = FrameProperties.Format(newest.Format);
        AgeSeconds = FrameProperties.Seconds(newest.Age);
    }

    /// <summary>The channel's name.</summary>
    public string Name => Channel.Name.Name;

    /// <summary>Where the name is visible.</summary>
    public string Scope => Channel.Name.Scope.ToString();

    /// <summary>The publisher's process.</summary>
    public int ProcessId => (int)Channel.Owner.ProcessId;

    /// <summary>That process's program; nothing if it is gone or cannot be seen.</summary>
    public string? ProcessName => Channel.OwnerProgram;

    /// <summary>How the channel is.</summary>
    public string State { get; }

    /// <summary>
    /// How the source is: Opening, Running, Absent, Ambiguous, Busy, NoBandwidth, NoPermission, Unreachable, Failed, Ended, Dead or
    /// Unknown.
    /// </summary>
    public string SourceState { get; }

    /// <summary>What is published.</summary>
    public string Source => Channel.Source;

    /// <summary>Pixels a row of the newest frame.</summary>
    public int? Width { get; }

    /// <summary>Rows of the newest frame.</summary>
    public int? Height { get; }

    /// <summary>Pixel format of the newest frame.</summary>
    public string? PixelFormat { get; }

    /// <summary>Size and pixel format of the newest frame, in one.</summary>
    public string? Format { get; }

    /// <summary>Nominal frames a second; 0 if unknown.</summary>
    public double FrameRate => Channel.FrameRate;

    /// <summary>Number of the newest frame.</summary>
    public long? FrameNumber { get; }

    /// <summary>How old the newest frame was, seconds.</summary>
    public double? AgeSeconds { get; }

    /// <summary>Frames published.</summary>
    public long Published => Channel.Counters.Published;

    /// <summary>Frames dropped because no slot was free.</summary>
    public long Dropped => Channel.Counters.Dropped;

    /// <summary>Restarts of the source.</summary>
    public long SourceRestarts => Channel.Counters.SourceRestarts;

    /// <summary>How many publishers the channel has had.</summary>
    public long Epoch => Channel.Epoch;

    /// <summary>Slots of the channel.</summary>
    public int Slots => Channel.Slots;

    /// <summary>Bytes of the frames' memory that are really locked, as the publisher measured.</summary>
    public long LockedBytes => Channel.Resident.Locked;

    /// <summary>Bytes of the frames' memory that are in large pages, as the publisher measured.</summary>
    public long LargePageBytes => Channel.Resident.LargePages;

    /// <summary>Why the source failed last, as the publisher says; nothing if it never has. It stays when the source is back.</summary>
    public string? LastError => Channel.LastError;

    /// <summary>When the source failed last (local time); nothing if it never has.</summary>
    public DateTime? LastErrorAt => LocalTime.Of(Channel.LastErrorAt);

    /// <summary>The account that publishes, as the publisher says.</summary>
    public string Account => Channel.Account;

    /// <summary>Since when the channel has existed (local time); a publisher that takes it over keeps this.</summary>
    public DateTime Since => LocalTime.Of(Channel.CreatedAt);

    internal ChannelReport Channel { get; }

    /// <summary>The channel's name with its scope in front.</summary>
    public override string ToString() => Channel.Name.ToString();
}

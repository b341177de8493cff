using System;
using System.Globalization;
using WinMmf.Frames;

namespace WinMmf.Viewer.Channels;

/// <summary>How fresh a channel's picture is, as people say it.</summary>
internal enum ChannelHealth
{
    /// <summary>Frames come.</summary>
    Live,

    /// <summary>No frame yet.</summary>
    Waiting,

    /// <summary>The publisher runs and no frame comes.</summary>
    Frozen,

    /// <summary>The publisher has ended or shows no sign of life: the picture is an old one.</summary>
    Stale,
}

/// <summary>Says in a sentence how a channel is.</summary>
internal static class ChannelWords
{
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(2);

    /// <summary>How fresh the picture is.</summary>
    /// <param name="state">The channel's state.</param>
    /// <param name="frameRate">Nominal frames a second; 0 if unknown.</param>
    /// <param name="age">Age of the newest frame; null if there is none.</param>
    public static ChannelHealth HealthOf(ChannelState state, double frameRate, TimeSpan? age)
    {
        if (state is not (ChannelState.Live or ChannelState.Starting))
            return ChannelHealth.Stale;
        if (age is null)
            return ChannelHealth.Waiting;
        TimeSpan patience = frameRate > 0 ? TimeSpan.FromSeconds(Math.Clamp(5 / frameRate, 0, 3600)) : TimeSpan.Zero;
        return age > (patience > LeastPatience ? patience : LeastPatience) ? ChannelHealth.Frozen : ChannelHealth.Live;
    }

    /// <summary>The state in words.</summary>
    /// <inheritdoc cref="HealthOf"/>
    public static string Describe(ChannelState state, double frameRate, TimeSpan? age)
    {
        string last = age is TimeSpan known ? $"the last frame is {Spell(known)} old" : "there is no frame";
        return state switch
        {
            ChannelState.Stopped => $"Stopped: the publisher has ended; {last}.",
            ChannelState.Failed => $"Failed: the source ended in an error; {last}.",
            ChannelState.Stalled => $"Stalled: the publisher's process shows no sign of life; {last}.",
            ChannelState.Dead => $"Dead: the publisher's process was killed or crashed; {last}.",
            _ => HealthOf(state, frameRate, age) switch
            {
                ChannelHealth.Live => "Live.",
                ChannelHealth.Waiting => "Starting: the publisher has not published a frame yet.",
                _ => $"Frozen: the publisher runs, but no new frame comes; {last}.",
            },
        };
    }

    private static string Spell(TimeSpan age) => age.TotalSeconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
    };
}

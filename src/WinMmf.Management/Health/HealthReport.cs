using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Management.Health;

/// <summary>How one publisher is, why, and with which figures.</summary>
internal sealed class HealthReport
{
    internal HealthReport(SharedName name, HealthStatus status, IReadOnlyList<string> reasons, ChannelReport? channel = null,
        double? frameRate = null, HealthLimits? limits = null)
    {
        Name = name;
        Status = status;
        Reasons = reasons;
        Channel = channel;
        FrameRate = frameRate;
        Age = channel?.Newest is FrameInfo newest ? Positive(newest.Age) : null;
        PerformanceData = channel is null || limits is null ? "" : Health.PerformanceData.Of(channel, Age, frameRate, limits);
    }

    /// <summary>The channel's name.</summary>
    public SharedName Name { get; }

    /// <summary>How it is.</summary>
    public HealthStatus Status { get; }

    /// <summary>Why it is not Ok, as sentences; empty if it is.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>The channel at the end of the look; null if there is none, or it cannot be read.</summary>
    public ChannelReport? Channel { get; }

    /// <summary>Frames a second as they were counted; null if they were not.</summary>
    public double? FrameRate { get; }

    /// <summary>How old the newest frame was; null if there is none.</summary>
    public TimeSpan? Age { get; }

    /// <summary>The figures as monitoring plugins write them; empty if there is no channel.</summary>
    public string PerformanceData { get; }

    /// <summary>The one line of a monitoring plugin, without the figures.</summary>
    public string Summary => $"WINMMF {Status.ToString().ToUpperInvariant()} - {OneLine($"{Name}: {Words()}")}";

    /// <summary>The one line of a monitoring plugin, with the figures.</summary>
    public string PluginLine => PerformanceData.Length == 0 ? Summary : $"{Summary} | {PerformanceData}";

    private string Words()
    {
        if (Reasons.Count > 0)
            return string.Join(" ", Reasons);
        string format = Channel?.Newest is FrameInfo newest
            ? string.Format(CultureInfo.InvariantCulture, "{0}, {1:0.###} s old", newest.Format, Age?.TotalSeconds)
            : "";
        return FrameRate is double rate
            ? string.Format(CultureInfo.InvariantCulture, "{0}, {1:0.0} frames a second", format, rate)
            : format;
    }

    /// <summary>A clock of another processor can be ahead by a little.</summary>
    private static TimeSpan Positive(TimeSpan age) => age > TimeSpan.Zero ? age : TimeSpan.Zero;

    /// <summary>A line feed would begin another line, and a bar the figures.</summary>
    internal static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ').Replace('|', '/');
}

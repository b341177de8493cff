using System;
using WinMmf.Frames;
using WinMmf.Management.Health;

namespace WinMmf.PowerShell.Output;

/// <summary>How a publisher was at one moment, why, and with which figures.</summary>
public sealed class CameraPublisherHealth
{
    private readonly string _line;

    internal CameraPublisherHealth(HealthReport report)
    {
        Name = report.Name.Name;
        Scope = report.Name.Scope.ToString();
        Status = report.Status.ToString();
        ExitCode = (int)report.Status;
        Reasons = [.. report.Reasons];
        Summary = report.Summary;
        _line = report.PluginLine;
        PerformanceData = report.PerformanceData;
        FrameRate = report.FrameRate is double rate ? Math.Round(rate, 3) : null;
        if (report.Channel is not ChannelReport channel)
            return;
        State = channel.State.ToString();
        ProcessId = (int)channel.Owner.ProcessId;
        AgeSeconds = report.Age is TimeSpan age ? FrameProperties.Seconds(age) : null;
        LastError = channel.LastError;
        LastErrorAt = LocalTime.Of(channel.LastErrorAt);
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible; Local where there is no such channel.</summary>
    public string Scope { get; }

    /// <summary>Ok, Warning, Critical or Unknown.</summary>
    public string Status { get; }

    /// <summary>The status as the exit code of a monitoring plugin: 0, 1, 2 or 3.</summary>
    public int ExitCode { get; }

    /// <summary>How the channel is; nothing if there is none, or it cannot be read.</summary>
    public string? State { get; }

    /// <summary>How old the newest frame was, seconds.</summary>
    public double? AgeSeconds { get; }

    /// <summary>Frames a second, as they were counted.</summary>
    public double? FrameRate { get; }

    /// <summary>The publisher's process.</summary>
    public int? ProcessId { get; }

    /// <summary>Why the status is not Ok, as sentences; empty if it is.</summary>
    public string[] Reasons { get; }

    /// <summary>The line that a monitoring plugin prints, without figures.</summary>
    public string Summary { get; }

    /// <summary>The figures in the form of monitoring plugins; empty if there is no channel.</summary>
    public string PerformanceData { get; }

    /// <summary>Why the source failed last, as the publisher says; nothing if it never has.</summary>
    public string? LastError { get; }

    /// <summary>When the source failed last (local time); nothing if it never has.</summary>
    public DateTime? LastErrorAt { get; }

    /// <summary>The line that a monitoring plugin prints, with the figures.</summary>
    public override string ToString() => _line;
}

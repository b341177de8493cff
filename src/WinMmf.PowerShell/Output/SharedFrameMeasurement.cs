using System;
using System.Globalization;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>What a reader measured of a channel over some time. Times are milliseconds.</summary>
public sealed class SharedFrameMeasurement
{
    internal SharedFrameMeasurement()
    {
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; internal set; } = "";

    /// <summary>How the channel was at the end.</summary>
    public string State { get; internal set; } = "";

    /// <summary>What is published.</summary>
    public string Source { get; internal set; } = "";

    /// <summary>Pixels a row of the last frame.</summary>
    public int? Width { get; internal set; }

    /// <summary>Rows of the last frame.</summary>
    public int? Height { get; internal set; }

    /// <summary>Pixel format of the last frame.</summary>
    public string? PixelFormat { get; internal set; }

    /// <summary>Size and pixel format of the last frame, in one.</summary>
    public string? Format => Width is null ? null : $"{Width}x{Height} {PixelFormat}";

    /// <summary>How long was measured, seconds.</summary>
    public double DurationSec { get; internal set; }

    /// <summary>Frames read.</summary>
    public long Frames { get; internal set; }

    /// <summary>Frames a second that the publisher promises; 0 if unknown.</summary>
    public double NominalFrameRate { get; internal set; }

    /// <summary>Frames a second that were published.</summary>
    public double FrameRate { get; internal set; }

    /// <summary>Frames a second that this reader got.</summary>
    public double ReadRate { get; internal set; }

    /// <summary>From publication to the copy: half of the frames took less.</summary>
    public double LatencyP50Ms { get; internal set; }

    /// <summary>From publication to the copy: 99 of 100 frames took less.</summary>
    public double LatencyP99Ms { get; internal set; }

    /// <summary>From publication to the copy: the worst.</summary>
    public double LatencyMaxMs { get; internal set; }

    /// <summary>Standard deviation of the time from one publication to the next.</summary>
    public double JitterMs { get; internal set; }

    /// <summary>The longest time from one publication to the next.</summary>
    public double LongestGapMs { get; internal set; }

    /// <summary>From capture to the copy in hand, median.</summary>
    public double AgeMs { get; internal set; }

    /// <summary>Frames that the publisher dropped meanwhile because no slot was free.</summary>
    public long Dropped { get; internal set; }

    /// <summary>Frames that were published and overwritten before this reader came.</summary>
    public long Overruns { get; internal set; }

    /// <summary>Copies thrown away because the publisher was overwriting the slot.</summary>
    public long Retries { get; internal set; }

    /// <summary>How often a new publisher took over the channel.</summary>
    public long Restarts { get; internal set; }

    /// <summary>Frames of the test picture whose checksum was wrong; nothing for other sources, which have none.</summary>
    public long? Torn { get; internal set; }

    /// <summary>The same as one line of JSON with names in camelCase.</summary>
    public string ToJson()
    {
        JsonLine json = new();
        json.Add("name", Name);
        json.Add("scope", Scope);
        json.Add("state", State);
        json.Add("source", Source);
        json.Add("width", Width);
        json.Add("height", Height);
        json.Add("pixelFormat", PixelFormat);
        json.Add("format", Format);
        json.AddNumber("durationSec", DurationSec);
        json.Add("frames", Frames);
        json.AddNumber("nominalFrameRate", NominalFrameRate);
        json.AddNumber("frameRate", FrameRate);
        json.AddNumber("readRate", ReadRate);
        json.AddNumber("latencyP50Ms", LatencyP50Ms);
        json.AddNumber("latencyP99Ms", LatencyP99Ms);
        json.AddNumber("latencyMaxMs", LatencyMaxMs);
        json.AddNumber("jitterMs", JitterMs);
        json.AddNumber("longestGapMs", LongestGapMs);
        json.AddNumber("ageMs", AgeMs);
        json.Add("dropped", Dropped);
        json.Add("overruns", Overruns);
        json.Add("retries", Retries);
        json.Add("restarts", Restarts);
        json.Add("torn", Torn);
        return json.ToString();
    }

    /// <summary>Text for display.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}\\{1} {2:0.0} fps, p50 {3:0.00} ms, p99 {4:0.00} ms", Scope, Name, FrameRate,
        LatencyP50Ms, LatencyP99Ms);
}

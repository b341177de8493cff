using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Reading;

/// <summary>Tells a person, or a program that reads JSON lines, how reading goes.</summary>
internal sealed class ReadView : IDisposable
{
    private readonly Terminal _terminal;
    private readonly RateMeter _rate = new();
    private ProgressTimer? _timer;

    public ReadView(Terminal terminal) => _terminal = terminal;

    /// <summary>SHA-256 in lower case.</summary>
    public static string Hash(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The channel is open.</summary>
    /// <param name="reader">Its reader.</param>
    /// <param name="foreignOwner">
    /// Another account that decides what an administrator is shown here; null if there is none, or it was named.
    /// </param>
    /// <param name="statistics">What is counted from now on.</param>
    public void Opened(FrameReader reader, string? foreignOwner, ReadStatistics statistics)
    {
        if (foreignOwner is not null)
            _terminal.Warn($"{reader.Name} belongs to {foreignOwner}, who decides what it shows. --owner says that this is meant.");
        if (reader.ExistsInBothScopes)
            _terminal.Warn($"'{reader.Name.Name}' exists in both scopes; {reader.Name} is read. Choose with --scope.");
        if (_terminal.IsJson)
        {
            ChannelReport report = reader.Inspect();
            _terminal.Json(json =>
            {
                json.WriteString("event", "opened");
                json.WriteString("name", reader.Name.Name);
                json.WriteString("scope", reader.Name.Scope.ToString());
                json.WriteNumber("publisher", report.Owner.ProcessId);
                json.WriteString("state", report.State.ToString());
                json.WriteBoolean("registryRow", reader.HasRegistryRow);
            });
        }

        _timer = new ProgressTimer(_terminal, () => Progress(statistics));
    }

    /// <summary>What is written for another program, and how that reads it.</summary>
    public void Described(string how)
    {
        if (_terminal.IsJson)
            _terminal.Json(json =>
            {
                json.WriteString("event", "output");
                json.WriteString("frames", how);
            });
        else
            _terminal.Progress($"frames of {how}");
    }

    public void Hashed(long number, string hash)
    {
        if (!_terminal.IsJson)
        {
            _terminal.Line(FormattableString.Invariant($"{number} {hash}"));
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "frame");
            json.WriteNumber("number", number);
            json.WriteString("sha256", hash);
        });
    }

    public void Ended(ReadStatistics statistics, ReadEnd end, string? saved)
    {
        Dispose();
        if (_terminal.IsJson)
        {
            _terminal.Json(json =>
            {
                json.WriteString("event", "summary");
                json.WriteString("reason", end.ToString());
                Count(json, statistics);
                if (saved is not null)
                    json.WriteString("saved", saved);
            });
            return;
        }

        string text = $"{Words(end)}: {Text(statistics)}{(saved is null ? "" : $", saved {saved}")}";
        if (_terminal.ProgressToError)
            _terminal.Progress(text);
        else
            _terminal.Line(text);
    }

    public void Failed(WinMmfException error, ReadStatistics statistics)
    {
        Dispose();
        if (statistics.Read > 0 && !_terminal.IsJson)
            _terminal.Progress(Text(statistics));
        _terminal.Fail(error);
    }

    public void Dispose() => _timer?.Dispose();

    private static string Words(ReadEnd end) => end switch
    {
        ReadEnd.Frames => "done",
        ReadEnd.Duration => "time is up",
        ReadEnd.PublisherStopped => "the publisher ended",
        ReadEnd.OutputClosed => "the output was closed",
        ReadEnd.FormatChanged =>
            "the frames have another size or pixel format now, and what reads the output was told the old one; start again",
        _ => "interrupted",
    };

    private static string Text(ReadStatistics s) => string.Create(
        CultureInfo.InvariantCulture,
        $"read {s.Read}, skipped {s.Skipped}, torn {s.Torn}, retries {s.Retries}, dropped {s.Dropped}, latency p50 "
            + $"{s.Latency.Milliseconds(0.5):0.00} ms p99 {s.Latency.Milliseconds(0.99):0.00} ms");

    private static void Count(Utf8JsonWriter json, ReadStatistics s)
    {
        json.WriteNumber("read", s.Read);
        json.WriteNumber("skipped", s.Skipped);
        json.WriteNumber("torn", s.Torn);
        json.WriteNumber("disordered", s.Disordered);
        json.WriteNumber("retries", s.Retries);
        json.WriteNumber("copiedInstead", s.CopiedInstead);
        json.WriteNumber("dropped", s.Dropped);
        json.WriteNumber("lastNumber", s.LastNumber);
        json.WriteNumber("latencyP50Ms", Math.Round(s.Latency.Milliseconds(0.5), 3));
        json.WriteNumber("latencyP99Ms", Math.Round(s.Latency.Milliseconds(0.99), 3));
        json.WriteNumber("ageMs", Math.Round(s.Age.TotalMilliseconds, 3));
    }

    private void Progress(ReadStatistics s)
    {
        double rate = _rate.Look(s.Read);
        if (!_terminal.IsJson)
        {
            _terminal.Progress(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Read} frames  {rate:0.0} fps  latency p50 {s.Latency.Milliseconds(0.5):0.00} ms p99 "
                    + $"{s.Latency.Milliseconds(0.99):0.00} ms  age {s.Age.TotalMilliseconds:0.0} ms  skipped {s.Skipped}  dropped "
                    + $"{s.Dropped}  torn {s.Torn}"));
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "progress");
            json.WriteNumber("rate", Math.Round(rate, 2));
            Count(json, s);
        });
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Demo;

/// <summary>A publisher and a reader as two processes of their own, and what both count.</summary>
internal sealed class DemoSession : IDisposable
{
    private readonly Terminal _terminal;
    private readonly DemoSettings _settings;
    private readonly object _lock = new();
    private DemoChild? _reader;
    private DemoChild? _publisher;
    private bool _readerOpened;
    private long _published;
    private long _dropped;
    private long _read;
    private long _torn;
    private double _p50;
    private double _p99;
    private double _rate;
    private bool _saved;

    public DemoSession(Terminal terminal, DemoSettings settings)
    {
        _terminal = terminal;
        _settings = settings;
    }

    /// <summary>Runs it and gives the exit code.</summary>
    public int Run(CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"demo-{Environment.ProcessId}");
        string what = FormattableString.Invariant($"{_settings.Width}x{_settings.Height} Bgr24, ")
            + (_settings.Input ?? FormattableString.Invariant($"{_settings.FrameRate:0.##} fps"));
        _terminal.Line(FormattableString.Invariant(
            $"A publisher and a reader, two processes, channel '{name}': {what}, {_settings.Duration.TotalSeconds:0.##} s."));
        using (new ProgressTimer(_terminal, Show))
        {
            // The reader first: it waits for the channel, and the publisher waits with the first frame.
            _reader = new DemoChild(ReaderArguments(name), OnReader);
            lock (_lock)
            {
                _publisher = new DemoChild(PublisherArguments(name), OnPublisher);
                if (_readerOpened)
                    _publisher.Go();
            }

            if (!WaitAsync(_reader, _publisher, cancellationToken).GetAwaiter().GetResult())
            {
                _terminal.Fail("Interrupted", "The demo was interrupted; both processes have been told to end.");
                return ExitCode.Interrupted;
            }
        }

        return Conclude(_reader, _publisher);
    }

    public void Dispose()
    {
        _publisher?.Dispose();
        _reader?.Dispose();
    }

    /// <summary>Waits for both. If one fails, the other is stopped. False if interrupted.</summary>
    private static async Task<bool> WaitAsync(DemoChild reader, DemoChild publisher, CancellationToken cancellationToken)
    {
        try
        {
            Task publishing = publisher.WaitAsync(cancellationToken);
            Task reading = reader.WaitAsync(cancellationToken);
            if (await Task.WhenAny(publishing, reading).ConfigureAwait(false) == reading)
                publisher.End();
            await publishing.ConfigureAwait(false);
            if (publisher.ExitCode != ExitCode.Ok)
                reader.End();
            await reading.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private int Conclude(DemoChild reader, DemoChild publisher)
    {
        foreach (DemoChild child in new[] { publisher, reader })
        {
            if (child.Errors.Length > 0)
                _terminal.ErrorText(child.Errors);
        }

        bool isGood = publisher.ExitCode == ExitCode.Ok && reader.ExitCode == ExitCode.Ok && _read > 0 && _torn == 0;
        if (isGood)
            Explain();
        if (_read < _published && _read > 0)
            _terminal.Line(FormattableString.Invariant($"The reader missed {_published - _read} frames because the machine was busy; it ")
                + "reads on with the next one that is there.");
        string saved = _saved ? $"saved {_settings.Output}" : "nothing saved";
        _terminal.Line(FormattableString.Invariant(
            $"demo: published {_published}, read {_read}, torn {_torn}, dropped {_dropped}, latency p50 {_p50:0.0} ms p99 {_p99:0.0} ms, ")
                + FormattableString.Invariant($"{saved}"));
        if (publisher.ExitCode != ExitCode.Ok)
            return publisher.ExitCode;
        if (reader.ExitCode != ExitCode.Ok)
            return reader.ExitCode;
        return isGood && _saved ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>What the figures of the closing line mean, for people who see them for the first time.</summary>
    private void Explain() => _terminal.Line(FormattableString.Invariant(
        $"{_read} frames went from one process to the other through shared memory, none of them torn (half old, half new). ")
            + FormattableString.Invariant($"Half of them were read {_p50:0.0} ms after they were published, 99 of 100 within ")
            + FormattableString.Invariant($"{_p99:0.0} ms."));

    private List<string> ReaderArguments(string name)
    {
        // A fresh clone has no such folder yet.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_settings.Output))!);
        List<string> arguments = ["read", name, "--scope", "local", "--every", "--json", "--wait", "30", "--timeout", "30",
            "--parent-stdin", "--save", _settings.Output];

        // A file's frames carry no checksum: order and intactness are proved for them, not content.
        if (_settings.Input is null)
            arguments.Add("--verify");
        return arguments;
    }

    private IReadOnlyList<string> PublisherArguments(string name)
    {
        PublishRequest request = new(new SharedName(name, NameScope.Local), _settings.Input)
        {
            Slots = DemoSettings.Slots,
            Width = _settings.Width,
            Height = _settings.Height,
        };
        if (_settings.Input is null)
            (request.FrameRate, request.Frames) = (_settings.FrameRate, _settings.Frames);
        else
            request.Duration = TimeSpan.FromSeconds(Math.Min(_settings.Duration.TotalSeconds, PublishLimits.MostSeconds));
        return [.. request.ToArguments(), "--json", "--parent-stdin"];
    }

    private void OnPublisher(JsonElement message)
    {
        lock (_lock)
        {
            if (Kind(message) is not ("progress" or "summary"))
                return;
            _published = message.GetProperty("published").GetInt64();
            _dropped = message.GetProperty("dropped").GetInt64();
        }
    }

    private void OnReader(JsonElement message)
    {
        lock (_lock)
        {
            string kind = Kind(message);
            if (kind == "opened")
            {
                _readerOpened = true;
                _publisher?.Go();
            }

            if (kind is not ("progress" or "summary"))
                return;
            _read = message.GetProperty("read").GetInt64();
            _torn = message.GetProperty("torn").GetInt64() + message.GetProperty("disordered").GetInt64();
            _p50 = message.GetProperty("latencyP50Ms").GetDouble();
            _p99 = message.GetProperty("latencyP99Ms").GetDouble();
            if (kind == "progress")
                _rate = message.GetProperty("rate").GetDouble();
            else
                _saved = message.TryGetProperty("saved", out _);
        }
    }

    private static string Kind(JsonElement message) => message.TryGetProperty("event", out JsonElement kind) ? kind.GetString() ?? "" : "";

    private void Show()
    {
        lock (_lock)
        {
            if (_published > 0)
            {
                // Both processes report from time to time, so the reader's count may be the newer one; what was read was published.
                _terminal.Progress(FormattableString.Invariant(
                    $"published {Math.Max(_published, _read)}  read {_read}  {_rate:0.0} fps  torn {_torn}  dropped {_dropped}  latency ")
                        + FormattableString.Invariant($"p50 {_p50:0.0} ms ")
                        + FormattableString.Invariant($"p99 {_p99:0.0} ms"));
            }
        }
    }
}

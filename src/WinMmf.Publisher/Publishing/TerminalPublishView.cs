using System;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Publishing;

/// <summary>Tells a person, or a program that reads JSON lines.</summary>
internal sealed class TerminalPublishView : IPublishView, IDisposable
{
    private readonly Terminal _terminal;
    private readonly RateMeter _rate = new();
    private ProgressTimer? _timer;

    public TerminalPublishView(Terminal terminal) => _terminal = terminal;

    public void Created(PublishStatus status, string endpoint)
    {
        if (!_terminal.IsJson)
        {
            string how = status.TookOver ? "continues with" : "publishes";
            _terminal.Line(FormattableString.Invariant($"{status.Name} {how} {status.Source}: {status.Format}, {status.FrameRate:0.###} ")
                + FormattableString.Invariant($"fps, {status.Slots} slots, process {Environment.ProcessId}. Ctrl+C ends it."));
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "created");
            Describe(json, status);
            json.WriteString("source", status.Source);
            json.WriteNumber("slots", status.Slots);
            json.WriteNumber("epoch", status.Epoch);
            json.WriteBoolean("tookOver", status.TookOver);
            json.WriteString("endpoint", endpoint);
        });
    }

    public void Ready(PublishStatus status)
    {
        if (_terminal.IsJson)
        {
            _terminal.Json(json =>
            {
                json.WriteString("event", "ready");
                Describe(json, status);
            });
        }

        _timer = new ProgressTimer(_terminal, () => Progress(status));
    }

    public void Warn(string message) => _terminal.Warn(message);

    public void SourceFailed(WinMmfException error) => _terminal.Warn($"{Remedies.Describe(error)} It will be started again.");

    public void SourceRecovered(PublishStatus status) =>
        _terminal.Warn(FormattableString.Invariant($"The source delivers again. Restarts: {status.Restarts}."));

    public void RestartAsked() => _terminal.Warn("The source is started again, as asked through the control pipe.");

    public void Ended(PublishStatus status, EndReason reason)
    {
        Dispose();
        if (!_terminal.IsJson)
        {
            _terminal.Line(FormattableString.Invariant($"{status.Name} ended ({Words(reason)}): published {status.Published}, dropped ")
                + FormattableString.Invariant($"{status.Dropped}, late {status.Late}, restarts {status.Restarts}{Mirror(status)}"));
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "summary");
            json.WriteString("reason", reason.ToString());
            Count(json, status);
            json.WriteNumber("seconds", Math.Round(status.Uptime.TotalSeconds, 3));
        });
    }

    public void Failed(WinMmfException error)
    {
        Dispose();
        _terminal.Fail(error);
    }

    public void Dispose() => _timer?.Dispose();

    private static string Words(EndReason reason) => reason switch
    {
        EndReason.SourceEnded => "the source came to its end",
        EndReason.Frames => "as many frames as asked for",
        EndReason.Duration => "as long as asked for",
        EndReason.Stop => "stopped through the control pipe",
        _ => "told to end",
    };

    private static void Describe(Utf8JsonWriter json, PublishStatus status)
    {
        json.WriteString("name", status.Name.Name);
        json.WriteString("scope", status.Name.Scope.ToString());
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteNumber("width", status.Format.Width);
        json.WriteNumber("height", status.Format.Height);
        json.WriteString("pixelFormat", status.Format.PixelFormat.ToString());
        json.WriteNumber("fps", status.FrameRate);
    }

    private static string Mirror(PublishStatus status) => status.Mirror.Length == 0
        ? ""
        : FormattableString.Invariant(
            $"; {status.Mirror}: written {status.MirrorWritten}, skipped {status.MirrorSkipped}, waited {status.MirrorWaited}");

    private static void Count(Utf8JsonWriter json, PublishStatus status)
    {
        json.WriteNumber("published", status.Published);
        json.WriteNumber("dropped", status.Dropped);
        json.WriteNumber("late", status.Late);
        json.WriteNumber("restarts", status.Restarts);
        if (status.Mirror.Length == 0)
            return;
        json.WriteString("mirror", status.Mirror);
        json.WriteNumber("mirrorWritten", status.MirrorWritten);
        json.WriteNumber("mirrorSkipped", status.MirrorSkipped);
        json.WriteNumber("mirrorWaited", status.MirrorWaited);
    }

    private void Progress(PublishStatus status)
    {
        double rate = _rate.Look(status.Published);
        if (!_terminal.IsJson)
        {
            _terminal.Progress(FormattableString.Invariant($"{status.Published} frames  {rate:0.0} fps  dropped {status.Dropped}  late ")
                + FormattableString.Invariant($"{status.Late}  restarts {status.Restarts}{Mirror(status)}"));
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "progress");
            json.WriteNumber("rate", Math.Round(rate, 2));
            Count(json, status);
        });
    }
}

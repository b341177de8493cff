using System;
using System.CommandLine;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Health;
using WinMmf.Names;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>health</c>: a plugin for monitoring systems.</summary>
internal sealed class HealthCommand
{
    public const string Name = "health";

    public const string Examples = """
          health cam1                                      OK while the newest frame is at most 5 s old
          health cam1 --scope global --max-age 2 --min-frame-rate 25
        """;

    /// <summary>The exit codes of this verb, which are not those of the others: monitoring systems know them.</summary>
    public const string ExitCodes = """
        Exit codes:
          0    OK: frames come, and every limit is kept
          1    WARNING: fewer frames a second than --min-frame-rate, or none yet after a start
          2    CRITICAL: no frame within --max-age; the publisher has ended, hangs, or there is none
          3    UNKNOWN: it cannot be told: wrong usage, no access, a memory that is no channel
        """;

    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the channel.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: local, then global.");
    private readonly Option<double?> _maxAge = CommonOptions.Seconds("--max-age",
        "The oldest that the newest frame may be. Default: 5, or three intervals of a source that is slower.");
    private readonly Option<double?> _minFrameRate = CommonOptions.Number("--min-frame-rate", "N", "The fewest frames a second.");
    private readonly Option<double?> _sample = CommonOptions.Seconds("--sample",
        "Count frames for so long; longer by itself if --min-frame-rate is low. Default: 1.");
    private readonly Option<bool> _json = CommonOptions.Json();

    public HealthCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command(Name, "Say how a channel's publisher is, as a plugin of monitoring systems.")
        {
            _name.Argument, _name.Option, _scope, _maxAge, _minFrameRate, _sample, _json,
        };
        Command.Validators.Add(_name.Check);
        Command.SetAction(Run);
    }

    public Command Command { get; }

    /// <summary>
    /// The exit code of a command line that cannot be run; to a monitoring system any other than UNKNOWN would be an alarm.
    /// </summary>
    public static int ExitCodeOf(string[] arguments, int usual) => arguments is [Name, ..] ? (int)HealthStatus.Unknown : usual;

    /// <summary>Says why no health can be told, where a monitoring system reads it, and gives the exit code.</summary>
    public static int Fail(Terminal terminal, string message)
    {
        terminal.Line($"WINMMF UNKNOWN - {HealthReport.OneLine(message)}");
        return (int)HealthStatus.Unknown;
    }

    private int Run(ParseResult line)
    {
        try
        {
            return Answer(line);
        }
        catch (WinMmfException e)
        {
            return Fail(_terminal, Remedies.Describe(e));
        }
        catch (OperationCanceledException)
        {
            return Fail(_terminal, "Interrupted.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Fail(_terminal, $"{e.GetType().Name}: {e.Message} Please report this with the command that you ran.");
        }
    }

    private int Answer(ParseResult line)
    {
        using ShutdownSignal signal = new();
        HealthLimits limits = new(CommonOptions.Time(line.GetValue(_maxAge)), line.GetValue(_minFrameRate),
            CommonOptions.Time(line.GetValue(_sample) ?? HealthLimits.DefaultSampleSec));
        SharedName name = HealthExamination.Resolve(_name.Of(line), line.GetValue(_scope));
        HealthReport report = HealthExamination.Examine([name], limits, signal.Token)[0];
        if (_terminal.IsJson)
            _terminal.Json(json => Describe(json, report));
        else
            _terminal.Line(report.PluginLine);
        return (int)report.Status;
    }

    private static void Describe(Utf8JsonWriter json, HealthReport report)
    {
        json.WriteString("event", "health");
        json.WriteString("name", report.Name.Name);
        json.WriteString("scope", report.Name.Scope.ToString());
        json.WriteString("status", report.Status.ToString());
        json.WriteStartArray("reasons");
        foreach (string reason in report.Reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteString("performanceData", report.PerformanceData);
        if (report.Channel is not ChannelReport channel)
            return;
        json.WriteString("state", channel.State.ToString());
        if (report.Age is TimeSpan age)
            json.WriteNumber("ageSeconds", Math.Round(age.TotalSeconds, 6));
        if (report.FrameRate is double rate)
            json.WriteNumber("frameRate", Math.Round(rate, 3));
    }
}

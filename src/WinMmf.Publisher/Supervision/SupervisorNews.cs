using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Management.Configuration;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Publishing;

namespace WinMmf.Publisher.Supervision;

/// <summary>
/// Tells what happens to the publishers of a configuration file: to a person, to a program that reads JSON, and to a log.
/// </summary>
internal sealed class SupervisorNews
{
    private readonly Terminal? _terminal;
    private readonly PublisherLog? _log;
    private readonly List<string> _warnings = [];

    /// <param name="terminal">Where it is printed; null: nowhere.</param>
    /// <param name="log">Where it is written too; null: nowhere.</param>
    public SupervisorNews(Terminal? terminal, PublisherLog? log)
    {
        _terminal = terminal;
        _log = log;
    }

    /// <summary>What was warned of so far, for the process that started this one.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
                return [.. _warnings];
        }
    }

    /// <summary>A publisher is in another state, or fails for another reason.</summary>
    public void Changed(ConfigurationEntry entry, SupervisedState state, string message, string processId)
    {
        string name = entry.Request.Name.ToString();
        string words = state switch
        {
            SupervisedState.Live when processId.Length > 0 => $"publishes, process {processId}",
            SupervisedState.Live => "delivers again",
            SupervisedState.Failed => $"waits, and is tried again every 10 s at the latest: {message}",
            _ => "was stopped or came to its end; it is started again by a change of its entry",
        };
        _log?.Write($"{name}: {words}");
        if (_terminal is null)
            return;
        if (!_terminal.IsJson)
        {
            if (state == SupervisedState.Failed)
                _terminal.Warn($"{name}: {words}");
            else
                _terminal.Line($"{name}: {words}");
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "publisher");
            json.WriteString("name", entry.Request.Name.Name);
            json.WriteString("scope", entry.Request.Name.Scope.ToString());
            json.WriteString("state", state.ToString());
            if (int.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture, out int process))
                json.WriteNumber("pid", process);
            if (message.Length > 0)
                json.WriteString("message", message);
        });
    }

    /// <summary>Something that does not stop a publisher.</summary>
    public void Warn(ConfigurationEntry entry, string message)
    {
        _log?.Write($"{entry.Request.Name}: warning: {message}");
        Remember($"{entry.Request.Name}: {message}");
        _terminal?.Warn($"{entry.Request.Name}: {message}");
    }

    /// <summary>A configuration was taken over.</summary>
    public void Applied(string path, int started, int stopped, int changed, int untouched)
    {
        string text = FormattableString.Invariant(
            $"{path} is applied: {started} started, {stopped} stopped, {changed} changed, {untouched} untouched");
        _log?.Write(text);
        if (_terminal is null)
            return;
        if (!_terminal.IsJson)
        {
            _terminal.Line(text);
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", "applied");
            json.WriteString("path", path);
            json.WriteNumber("started", started);
            json.WriteNumber("stopped", stopped);
            json.WriteNumber("changed", changed);
            json.WriteNumber("untouched", untouched);
        });
    }

    /// <summary>A changed file was refused, or warns.</summary>
    public void Faults(string path, IEnumerable<ConfigurationFault> faults)
    {
        foreach (ConfigurationFault fault in faults)
        {
            _log?.Write($"{(fault.IsWarning ? "warning: " : "")}{path}{fault}");
            if (fault.IsWarning)
            {
                Remember(path + fault);
                _terminal?.Warn(path + fault);
                continue;
            }

            _terminal?.Fail(nameof(Errors.WinMmfErrorId.InvalidConfiguration), path + fault);
        }
    }

    /// <summary>Anything else.</summary>
    /// <param name="kind">The event, for programs.</param>
    /// <param name="text">A sentence.</param>
    public void Say(string kind, string text)
    {
        _log?.Write(text);
        if (_terminal is null)
            return;
        if (!_terminal.IsJson)
        {
            _terminal.Line(text);
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", kind);
            json.WriteString("message", text);
        });
    }

    private void Remember(string warning)
    {
        const int Most = 16;
        lock (_warnings)
        {
            if (_warnings.Count < Most)
                _warnings.Add(warning);
        }
    }
}

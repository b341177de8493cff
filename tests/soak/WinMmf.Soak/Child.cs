using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace WinMmf.Soak;

/// <summary>One started role: its process and what it said.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = new();
    private readonly Thread _drain;
    private int _taken;
    private bool _isDrained;

    public Child(string label, params string[] arguments)
        : this(label, Places.Here(arguments), ReaderPlace.Here)
    {
    }

    public Child(string label, IReadOnlyList<string> command, ReaderPlace place)
    {
        Label = label;
        Place = place;
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        System.IO.StreamReader output = _process.StandardOutput;
        _drain = new Thread(() => Drain(output)) { IsBackground = true };
        _drain.Start();
    }

    public string Label { get; }

    public ReaderPlace Place { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Waits for a line that begins so, at or after a position; null when time is up or the process ended without it.</summary>
    public string? WaitForLine(string beginning, TimeSpan limit, ref int position)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            lock (_lines)
            {
                for (; position < _lines.Count; position++)
                {
                    if (_lines[position].StartsWith(beginning, StringComparison.Ordinal))
                        return _lines[position++];
                }

                // Both, because its last lines may arrive after its end, and its output may end before the process does.
                if ((_isDrained && HasExited) || watch.Elapsed > limit)
                    return null;
                Monitor.Wait(_lines, 20);
            }
        }
    }

    /// <summary>Lines that report a fault.</summary>
    public IReadOnlyList<string> Faults()
    {
        lock (_lines)
        {
            return _lines.FindAll(static line => line.StartsWith("TORN", StringComparison.Ordinal)
                || line.StartsWith("BACKWARDS", StringComparison.Ordinal)
                || line.StartsWith("error", StringComparison.Ordinal));
        }
    }

    /// <summary>Lines that have not been taken yet. They stay where they are, so that positions do not change.</summary>
    public IReadOnlyList<string> TakeLines()
    {
        lock (_lines)
        {
            List<string> taken = _lines.GetRange(_taken, _lines.Count - _taken);
            _taken = _lines.Count;
            return taken;
        }
    }

    /// <summary>Leases of which it is unknown whether they stayed intact.</summary>
    public int CountUndecided()
    {
        lock (_lines)
            return _lines.FindAll(static line => line.StartsWith("undecided", StringComparison.Ordinal)).Count;
    }

    public int LineCount
    {
        get
        {
            lock (_lines)
                return _lines.Count;
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();

        // Its last lines have not arrived yet.
        _drain.Join();
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public void Signal(string signal)
    {
        string id = Id.ToString(CultureInfo.InvariantCulture);

        // What reads there is the child of the process that made the container.
        if (Place == ReaderPlace.OtherContainer)
            id = System.IO.File.ReadAllText($"/proc/{id}/task/{id}/children").Trim();
        using Process kill = Process.Start("kill", ["-" + signal, id])!;
        kill.WaitForExit();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"{Label} {id} could not be sent {signal}");
    }

    /// <summary>Asks for a clean end by closing standard input.</summary>
    public bool End(TimeSpan limit)
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(limit))
            return false;
        _drain.Join();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Drain(System.IO.StreamReader output)
    {
        while (output.ReadLine() is string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
                Monitor.PulseAll(_lines);
            }
        }

        lock (_lines)
        {
            _isDrained = true;
            Monitor.PulseAll(_lines);
        }
    }
}

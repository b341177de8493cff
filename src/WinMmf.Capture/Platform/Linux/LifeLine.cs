using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace WinMmf.Capture.Platform.Linux;

/// <summary>
/// Ends child processes when this process ends. A small shell reads a pipe of which only this process has the other end: when it ends, in
/// whatever way, the shell's input ends, and it kills the children that it knows. PR_SET_PDEATHSIG is no substitute: it fires when the
/// <em>thread</em> that started the child ends, and cannot be asked for through the runtime.
/// </summary>
internal sealed class LifeLine
{
    /// <summary>
    /// Lines in: "+ PID START" and "- PID START". A process is known by its start time too (field 22 of stat, counted behind the name's
    /// last bracket), so that a process with a reused number is spared. Requests to end that reach the whole terminal or unit are ignored:
    /// the work begins when we are gone.
    /// </summary>
    private const string Script = """
        trap '' INT TERM HUP QUIT
        all=
        while read -r what id start; do
          case $what in
            +) all="$all $id:$start" ;;
            -) left=; for one in $all; do [ "$one" = "$id:$start" ] || left="$left $one"; done; all=$left ;;
          esac
        done
        for one in $all; do
          id=${one%%:*}
          if read -r stat < "/proc/$id/stat"; then
            set -- ${stat##*) }
            [ "${20}" = "${one#*:}" ] && kill -9 "$id"
          fi
        done 2>/dev/null
        """;

    private static readonly object Gate = new();
    private static LifeLine? _current;
    private readonly Process _shell;

    private LifeLine(Process shell) => _shell = shell;

    /// <summary>Process id of the shell.</summary>
    internal int ProcessId => _shell.Id;

    /// <summary>The one of this process; null if no child was guarded yet, or none can be.</summary>
    internal static LifeLine? Current
    {
        get
        {
            lock (Gate)
                return _current;
        }
    }

    /// <summary>Guards a child. Without a shell the child ends only when it next writes.</summary>
    public static IDisposable Guard(int child)
    {
        string key;
        try
        {
            key = string.Create(CultureInfo.InvariantCulture, $"{child} {StartTime(child)}");
        }
        catch (IOException)
        {
            // It has ended already.
            return new Entry(null);
        }

        lock (Gate)
        {
            if (_current is null || _current._shell.HasExited)
                _current = TryBegin();
            return new Entry(_current?.TryTell("+ ", key) == true ? key : null);
        }
    }

    private static LifeLine? TryBegin()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Script])
        {
            UseShellExecute = false,

            // None of this process's descriptors, so that the shell keeps no pipe open.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        try
        {
            Process shell = Process.Start(start)!;
            shell.StandardInput.AutoFlush = true;
            return new LifeLine(shell);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string StartTime(int process)
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }

    private bool TryTell(string what, string key)
    {
        try
        {
            _shell.StandardInput.Write(what + key + "\n");
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private sealed class Entry(string? key) : IDisposable
    {
        private string? _key = key;

        public void Dispose()
        {
            lock (Gate)
            {
                if (_key is not null)
                    _current?.TryTell("- ", _key);
                _key = null;
            }
        }
    }
}

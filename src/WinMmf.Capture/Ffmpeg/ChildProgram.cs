using System;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Capture.Platform;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;

namespace WinMmf.Capture;

/// <summary>
/// A child whose output we read. It does not outlive us, however we end (design P1). Stopping asks first (<c>q</c>, or a signal where
/// its standard input held a script), drains, and kills after a grace time.
/// </summary>
internal sealed class ChildProgram : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    // Generous: what has closed its output ends by itself, and killing it would replace its exit code.
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(10);
    private readonly StartedProgram _process;
    private readonly OutputTail _errors;
    private readonly IChildGuard _guard;
    private readonly Timer _killer;
    private readonly object _stopLock = new();
    private readonly bool _hasScript;
    private bool _stopping;
    private bool _disposed;

    private ChildProgram(StartedProgram process, string? script)
    {
        _process = process;
        _hasScript = script is not null;
        _guard = CapturePlatform.Current.Guard(process);
        Output = process.Output;
        CapturePlatform.Current.Widen(Output);
        _errors = new OutputTail(new StreamReader(process.Errors, Encoding.UTF8));
        _killer = new Timer(static state => ((ChildProgram)state!).Kill(), this, Timeout.Infinite, Timeout.Infinite);
        if (script is not null)
            _ = Tell(process.Input, script);
    }

    /// <summary>The child's standard output, raw.</summary>
    public Stream Output { get; }

    /// <summary>The child's standard input.</summary>
    public Stream Input => _process.Input;

    /// <summary>The child's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a program.</summary>
    /// <exception cref="WinMmfException">PublisherFailed: the system refused to start it.</exception>
    public static ChildProgram Start(string program, FfmpegCommand command)
    {
        try
        {
            return new ChildProgram(
                ManagementServices.Current.Programs.Start(program, command.Arguments, outlivesUs: false), command.Script);
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(WinMmfErrorId.PublisherFailed,
                $"'{program}' could not be started: {e.Message}. Check the path and whether it may be run.", e.NativeErrorCode, e);
        }
    }

    /// <summary>Asks the child to end and makes sure that it will. Returns at once; safe from any thread.</summary>
    public void RequestStop()
    {
        lock (_stopLock)
        {
            if (_stopping || _disposed)
                return;
            _stopping = true;
            _killer.Change(Grace, Timeout.InfiniteTimeSpan);
        }

        try
        {
            if (_hasScript)
            {
                _guard.AskToEnd();
                return;
            }

            _process.Input.WriteByte((byte)'q');
            _process.Input.Dispose();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended, or does not listen: the timer sees to it.
        }
    }

    /// <summary>Waits for the end of a child whose output has ended, killing one that does not go; gives its exit code.</summary>
    public int WaitForExit()
    {
        if (!_process.WaitForExit(ExitLimit))
        {
            Kill();
            _process.WaitForExit(Timeout.InfiniteTimeSpan);
        }

        return _process.ExitCode;
    }

    /// <summary>The last words of a child that has ended, see <see cref="WaitForExit"/>.</summary>
    public string LastErrors() => _errors.LastLines(6);

    /// <summary>Ends the child in order if it still runs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        RequestStop();

        // Where it can neither be told nor sent a signal, a broken pipe ends it in good order.
        if (_hasScript && !CapturePlatform.Current.CanAskToEnd)
            Output.Dispose();
        else
            Drain();
        WaitForExit();
        lock (_stopLock)
            _disposed = true;
        _killer.Dispose();
        _guard.Dispose();
        _process.Dispose();
    }

    /// <summary>Ends the child and what it started at once, also what is stopped. Safe from any thread.</summary>
    public void Kill()
    {
        lock (_stopLock)
        {
            if (!_disposed)
                _guard.Kill();
        }
    }

    /// <summary>Writes the script on another thread: a child that does not read its input would otherwise block the caller.</summary>
    private static Task Tell(Stream input, string script) => Task.Run(() =>
    {
        try
        {
            using (input)
                input.Write(Encoding.UTF8.GetBytes(script));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended, and its end says why.
        }
    });

    private void Drain()
    {
        // A program that is blocked in a write never sees the q. The killer bounds this.
        byte[] scratch = new byte[65_536];
        try
        {
            while (Output.Read(scratch) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Broken is ended, too.
        }
    }
}

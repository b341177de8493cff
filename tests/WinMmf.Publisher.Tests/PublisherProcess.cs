using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>The publisher program, run as a user runs it.</summary>
internal sealed partial class PublisherProcess : IDisposable
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";
    private static readonly string NamePrefix = $"test.publisher.{Environment.ProcessId}.";
    private static int _names;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _output;
    private readonly Task<string> _errors;

    static PublisherProcess() => Leftovers.RemoveAtExit(NamePrefix);

    private PublisherProcess(Process process, bool collect)
    {
        _process = process;

        // Threads of their own: on Windows reading a child's output blocks its thread, asynchronous or not, and a pool
        // without a free thread on a busy machine adds one in seconds only. The control pipe's client would time out.
        _output = collect ? Task.Factory.StartNew(Collect, TaskCreationOptions.LongRunning) : Task.CompletedTask;
        _errors = Task.Factory.StartNew(process.StandardError.ReadToEnd, TaskCreationOptions.LongRunning);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output, for tests that read it themselves.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What was printed on the error stream, once it has ended.</summary>
    public string Errors
    {
        get
        {
            Assert.True(_errors.Wait(Patience), "the error stream does not end");
            return _errors.Result;
        }
    }

    /// <summary>Lines printed so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return _lines.ToArray();
        }
    }

    /// <summary>The program.</summary>
    public static string FileName { get; } = Path.Combine(AppContext.BaseDirectory, "WinMmf.Publisher" + Suffix);

    /// <summary>The stand-in for ffmpeg and ffprobe.</summary>
    public static string FakeFfmpeg { get; } = Path.Combine(AppContext.BaseDirectory, "WinMmf.FakeFfmpeg" + Suffix);

    /// <summary>A channel name that no other test uses.</summary>
    public static string NewName() => $"{NamePrefix}{Interlocked.Increment(ref _names)}";

    /// <summary>Starts it and collects its lines.</summary>
    public static PublisherProcess Start(params string[] arguments) => new(Launch(arguments), collect: true);

    /// <summary>Starts it with the ffmpeg of the PATH instead of the stand-in.</summary>
    public static PublisherProcess StartWithRealFfmpeg(params string[] arguments) => new(Launch(arguments, isFake: false), collect: true);

    /// <summary>Starts it with some variables of its environment.</summary>
    public static PublisherProcess StartWith(IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        new(Launch(arguments, variables: variables), collect: true);

    /// <summary>Starts it and leaves its output to the test.</summary>
    public static PublisherProcess StartRaw(params string[] arguments) => new(Launch(arguments), collect: false);

    /// <summary>Starts it, waits for its end and gives its exit code, lines and errors.</summary>
    public static (int Code, IReadOnlyList<string> Lines, string Errors) Run(params string[] arguments)
    {
        using PublisherProcess process = Start(arguments);
        int code = process.WaitForExit();
        return (code, process.Lines, process.Errors);
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public int WaitForExit(TimeSpan? limit = null)
    {
        Assert.True(_process.WaitForExit(limit ?? Patience), "the process does not end");
        Assert.True(_output.Wait(Patience), "the output does not end");
        return _process.ExitCode;
    }

    /// <summary>Waits for a line.</summary>
    public string WaitForLine(Func<string, bool> wanted)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (Lines.FirstOrDefault(wanted) is string line)
                return line;
            if (_process.HasExited && _output.IsCompleted && !Lines.Any(wanted))
                break;
            Thread.Sleep(10);
        }

        throw new InvalidOperationException(
            $"The line did not come. Output: {string.Join('\n', Lines)}. Errors: {(_process.HasExited ? Errors : "")}");
    }

    /// <summary>Waits for a JSON line of a kind.</summary>
    public JsonElement WaitForEvent(string kind) =>
        Json(WaitForLine(line => line.StartsWith($"{{\"event\":\"{kind}\"", StringComparison.Ordinal)));

    /// <summary>A line as JSON.</summary>
    public static JsonElement Json(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    /// <summary>The last JSON line of a kind.</summary>
    public static JsonElement Last(IEnumerable<string> lines, string kind) =>
        Json(lines.Last(line => line.StartsWith($"{{\"event\":\"{kind}\"", StringComparison.Ordinal)));

    /// <summary>Lets frames flow where --parent-stdin was given.</summary>
    public void Go()
    {
        _process.StandardInput.WriteLine("go");
        _process.StandardInput.Flush();
    }

    /// <summary>True if raw standard output ends soon without another byte.</summary>
    public bool OutputEnds()
    {
        Task<int> read = Task.Run(Output.ReadByte);
        return read.Wait(Patience) && read.Result < 0;
    }

    /// <summary>Writes to its standard input.</summary>
    public void Write(string text)
    {
        // On Windows the stream has a buffer.
        _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(text));
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends a POSIX signal.</summary>
    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a POSIX signal to any process.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    /// <summary>Ends it without any chance to clean up.</summary>
    public void KillHard()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks over its control pipe.</summary>
    public static ControlMessage Ask(string endpoint, string verb) => ControlClient.Send(endpoint, OwnerId, new ControlMessage(verb));

    /// <summary>This account as sections have it: publishers that tests start are its own.</summary>
    private static string OwnerId { get; } = OperatingSystem.IsWindows()
        ? System.Security.Principal.WindowsIdentity.GetCurrent().User!.Value
        : WinMmf.Platform.Linux.Native.Libc.GetEffectiveUserId().ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Launch(string[] arguments, bool isFake = true, IReadOnlyDictionary<string, string?>? variables = null)
    {
        ProcessStartInfo start = new(FileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        string? fake = isFake ? FakeFfmpeg : null;
        start.Environment["WINMMF_FFMPEG"] = fake;
        start.Environment["WINMMF_FFPROBE"] = fake;
        foreach ((string name, string? value) in variables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void Collect()
    {
        while (_process.StandardOutput.ReadLine() is string line)
        {
            lock (_lines)
                _lines.Add(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

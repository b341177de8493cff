using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;

namespace WinMmf.Publisher.Demo;

/// <summary>This program once more, as a child that speaks JSON lines and ends when its standard input does.</summary>
internal sealed class DemoChild : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);
    private readonly Process _process;
    private readonly Task _output;
    private readonly Task<string> _errors;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onEvent">Called for each JSON line, on another thread.</param>
    public DemoChild(IEnumerable<string> arguments, Action<JsonElement> onEvent)
    {
        ProcessStartInfo start = new(OwnProgram.Find(out string? assembly))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (assembly is not null)
            start.ArgumentList.Add(assembly);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)
            ?? throw new WinMmfException(WinMmfErrorId.SystemError, "The system did not start this program a second time.");
        _output = Task.Run(() => ListenAsync(onEvent));
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it said on its error stream; waits for its end.</summary>
    public string Errors => _errors.GetAwaiter().GetResult().Trim();

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Lets frames flow.</summary>
    public void Go()
    {
        try
        {
            _process.StandardInput.WriteLine("go");
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended; its exit code says how.
        }
    }

    /// <summary>Tells it to end in good order.</summary>
    public void End()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>Waits until it has ended and all its output has been read.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await _output.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends it, by force if need be.</summary>
    public void Dispose()
    {
        End();
        if (!_process.WaitForExit(EndLimit))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task ListenAsync(Action<JsonElement> onEvent)
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is string line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            onEvent(document.RootElement);
        }
    }
}

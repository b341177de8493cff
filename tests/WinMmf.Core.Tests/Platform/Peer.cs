using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>A second process, <c>WinMmf.TestPeer</c>. It ends with this object, or with the tests.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Process _process;
    private readonly StreamWriter _input;
    private bool _disposed;

    private Peer(Process process)
    {
        _process = process;
        _input = new StreamWriter(process.StandardInput.BaseStream, Encoding);
    }

    public int ProcessId => _process.Id;

    public static string Program { get; } =
#if NETFRAMEWORK
        // Built for the current .NET with its own build of the core: two runtimes on the same memory.
        Path.Combine(AppContext.BaseDirectory, "peer", "WinMmf.TestPeer");
#else
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "WinMmf.TestPeer.exe" : "WinMmf.TestPeer");
#endif

    /// <summary>Starts a peer, possibly by another program that is given the peer's path as its last argument.</summary>
    public static Peer Start(params string[] starter) => StartAt(Program, starter);

    /// <summary>The same with the peer's program in another place.</summary>
    public static Peer StartAt(string program, params string[] starter)
    {
        string[] command = [.. starter, program];
        ProcessStartInfo info = Command.Of(command[0], command.Skip(1));
        info.RedirectStandardInput = true;
        info.StandardOutputEncoding = Encoding;
        info.Environment["DOTNET_TieredPGO"] = "0";
        Peer peer = new(Process.Start(info) ?? throw new InvalidOperationException("The peer did not start."));
        if (peer.Read() != "ready")
        {
            peer.Dispose();
            throw new InvalidOperationException("The peer is not ready.");
        }

        return peer;
    }

    /// <summary>Sends a command and gives the answer's fields.</summary>
    public string[] Ask(params object[] fields)
    {
        Tell(fields);
        return Answer();
    }

    /// <summary>Sends a command that must succeed.</summary>
    public string[] Must(params object[] fields)
    {
        string[] answer = Ask(fields);
        Assert.True(answer[0] == "ok", $"{string.Join(' ', fields)}: {string.Join(' ', answer)}");
        return answer;
    }

    public void Tell(params object[] fields)
    {
        string[] texts = Array.ConvertAll(fields, static field => Convert.ToString(field, CultureInfo.InvariantCulture)!);
        _input.Write(string.Join('\t', texts) + "\n");
        _input.Flush();
    }

    public string[] Answer() => Read().Split('\t');

    public ProcessIdentity GetIdentity()
    {
        string[] answer = Must("identity");
        return new ProcessIdentity(
            uint.Parse(answer[1], CultureInfo.InvariantCulture),
            ulong.Parse(answer[2], CultureInfo.InvariantCulture),
            ulong.Parse(answer[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Ends it as a crash would, at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
        {
            // The end of its input: the peer closes what it has, and ends.
            _input.Dispose();
            if (!_process.WaitForExit(5000))
                Kill();
        }

        _process.Dispose();
    }

    private string Read()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Patience))
            throw new TimeoutException("The peer does not answer.");
        return line.Result ?? throw new EndOfStreamException("The peer has ended.");
    }
}

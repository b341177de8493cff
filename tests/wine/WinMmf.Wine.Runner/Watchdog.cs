using System;
using System.Collections.Concurrent;
using System.Threading;

namespace WinMmf.Wine.Runner;

/// <summary>Ends the program, and names the tests that were running, when a run takes too long.</summary>
internal sealed class Watchdog : IDisposable
{
    private const int ExitTimeout = 3;
    private readonly ConcurrentDictionary<string, DateTime> _running = new(StringComparer.Ordinal);
    private readonly Timer _timer;

    public Watchdog(TimeSpan timeout) => _timer = new Timer(_ => End(timeout), null, timeout, Timeout.InfiniteTimeSpan);

    public void Begin(string test) => _running[test] = DateTime.UtcNow;

    public void Finish(string test) => _running.TryRemove(test, out _);

    public void Dispose() => _timer.Dispose();

    private void End(TimeSpan timeout)
    {
        Console.WriteLine($"FAIL the run took longer than {timeout.TotalSeconds:0} s");
        foreach (var test in _running)
            Console.WriteLine($"  running for {(DateTime.UtcNow - test.Value).TotalSeconds:0} s: {test.Key}");
        Console.Out.Flush();
        Environment.Exit(ExitTimeout);
    }
}

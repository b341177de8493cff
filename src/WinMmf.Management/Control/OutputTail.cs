using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Management.Control;

/// <summary>
/// Reads a stream of text for as long as it flows, so that its writer never blocks on a full pipe, and keeps the
/// last lines for an error message.
/// </summary>
internal sealed class OutputTail
{
    private const int MostLines = 5;
    private const int MostCharacters = 300;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    private readonly TextReader _reader;
    private readonly Queue<string> _lines = new();
    private readonly Task _draining;

    public OutputTail(TextReader reader)
    {
        _reader = reader;

        // A thread of its own: it may block for as long as the program lives.
        _draining = Task.Factory.StartNew(Drain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The last lines, as a sentence to put behind another; empty if there were none.</summary>
    public string Describe()
    {
        // A program that has just ended wrote its reason an instant ago.
        _draining.Wait(Grace);
        lock (_lines)
            return _lines.Count == 0 ? "" : $" It said: {string.Join(" / ", _lines)}";
    }

    private void Drain()
    {
        using TextReader reader = _reader;
        try
        {
            while (reader.ReadLine() is string line)
            {
                line = line.Trim();
                if (line.Length == 0)
                    continue;
                lock (_lines)
                {
                    _lines.Enqueue(line.Length > MostCharacters ? line.Substring(0, MostCharacters) : line);
                    if (_lines.Count > MostLines)
                        _lines.Dequeue();
                }
            }
        }
        catch (IOException)
        {
            // The program is gone.
        }
    }
}

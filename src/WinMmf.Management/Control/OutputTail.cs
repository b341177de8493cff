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

    // Only a program that the writer started, and that lives on, can keep the stream open after the writer's end.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly TextReader _reader;
    private readonly Queue<string> _lines = new();
    private readonly Task _draining;

    public OutputTail(TextReader reader)
    {
        _reader = reader;

        // A thread of its own: it may block for as long as the program lives.
        _draining = Task.Factory.StartNew(Drain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// The last lines of a program that has ended, as a sentence to put behind another; empty if there were none.
    /// Waits until all that it wrote is read.
    /// </summary>
    public string Describe()
    {
        _draining.Wait(EndLimit);
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

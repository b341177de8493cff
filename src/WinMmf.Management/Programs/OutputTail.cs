using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Text;

namespace WinMmf.Management.Programs;

/// <summary>
/// Reads a program's text for as long as it flows, so that the program never blocks on a full pipe, and keeps the last lines for an
/// error message. The text may come from anywhere (a video's title), so it is bounded, and control characters are left out.
/// </summary>
internal sealed class OutputTail
{
    private const int MostLines = 5;
    private const int MostCharacters = 300;

    // Only a program that the writer started, and that lives on, can keep the stream open after the writer's end.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly TextReader _reader;
    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();
    private readonly Task _draining;

    /// <summary>Begins to read, on a thread of its own: that may block for as long as the program lives.</summary>
    public OutputTail(TextReader reader)
    {
        _reader = reader;
        _draining = Task.Factory.StartNew(Drain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// The last lines of a program that has ended, as a sentence to put behind another; empty if there were none.
    /// Waits until all that it wrote is read.
    /// </summary>
    public string Describe()
    {
        string lines = LastLines(MostLines);
        return lines.Length == 0 ? "" : $" It said: {lines}";
    }

    /// <summary>The last lines of a program that has ended, joined to one. Waits until all that it wrote is read.</summary>
    /// <param name="count">How many at most; 5 are kept.</param>
    public string LastLines(int count)
    {
        _draining.Wait(EndLimit);
        lock (_lines)
            return string.Join(" / ", _lines.Skip(_lines.Count - Math.Min(count, _lines.Count)));
    }

    private void Drain()
    {
        char[] buffer = new char[1024];
        using TextReader reader = _reader;
        try
        {
            int read;
            while ((read = reader.Read(buffer, 0, buffer.Length)) > 0)
            {
                for (int i = 0; i < read; i++)
                    Add(buffer[i]);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The program is gone; what was kept stands.
        }

        EndLine();
    }

    private void Add(char c)
    {
        if (c is '\n' or '\r')
            EndLine();
        else if (_line.Length < MostCharacters)
            _line.Append(ForeignText.IsUnfit(c) ? '?' : c);
    }

    private void EndLine()
    {
        string line = _line.ToString().Trim();
        _line.Clear();
        if (line.Length == 0)
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }
}

using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Capture;

/// <summary>Drains a child's error output for as long as it flows and keeps its end for the error message.</summary>
internal sealed class TextTail
{
    private const int KeptCharacters = 2000;

    // Only a program that the child started, and that lives on, can keep the output open after the child's end.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);
    private readonly StringBuilder _tail = new();
    private readonly Task _drain;

    /// <summary>Begins to drain, on a thread of its own: the pool of a busy process may have none free for seconds.</summary>
    public TextTail(TextReader reader) =>
        _drain = Task.Factory.StartNew(() => Drain(reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// The last lines of a child that has ended, joined to one; control characters (a file's title can hold them) are left out.
    /// Waits until all that it wrote is read.
    /// </summary>
    public string LastLines(int count)
    {
        _drain.Wait(EndLimit);
        string text;
        lock (_tail)
            text = _tail.ToString();
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        StringBuilder joined = new();
        for (int i = Math.Max(0, lines.Length - count); i < lines.Length; i++)
        {
            joined.Append(joined.Length > 0 ? "; " : "");
            foreach (char c in lines[i])
                joined.Append(char.IsControl(c) ? '?' : c);
        }

        return joined.ToString();
    }

    private void Drain(TextReader reader)
    {
        char[] buffer = new char[1024];
        try
        {
            int read;
            while ((read = reader.Read(buffer, 0, buffer.Length)) > 0)
            {
                lock (_tail)
                {
                    _tail.Append(buffer, 0, read);
                    if (_tail.Length > KeptCharacters)
                        _tail.Remove(0, _tail.Length - KeptCharacters);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The child is gone; what was kept stands.
        }
    }
}

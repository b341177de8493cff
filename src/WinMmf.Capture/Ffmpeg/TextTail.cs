using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace WinMmf.Capture;

/// <summary>Drains a child's error output for ever and keeps its end for the error message.</summary>
internal sealed class TextTail
{
    private const int KeptCharacters = 2000;
    private readonly StringBuilder _tail = new();
    private readonly Task _drain;

    public TextTail(TextReader reader) => _drain = DrainAsync(reader);

    /// <summary>The last lines, joined to one; control characters (a file's title can hold them) are left out.</summary>
    public string LastLines(int count)
    {
        // What the program wrote last may still be in the pipe.
        _drain.Wait(TimeSpan.FromMilliseconds(500));
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

    private async Task DrainAsync(TextReader reader)
    {
        char[] buffer = new char[1024];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false)) > 0)
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

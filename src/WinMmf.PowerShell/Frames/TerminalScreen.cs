using System;
using System.Text;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.PowerShell.Frames;

/// <summary>
/// The terminal's alternate screen, for as long as this lives. However that ends, the screen is then as it was: after an end or Ctrl+C by
/// <see cref="Dispose"/>, when the process is asked to end by its exit handler, and on Linux after a kill by another process.
/// </summary>
internal sealed class TerminalScreen : IDisposable
{
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[2J";

    // Cleared first: where the window has another size now, tmux keeps some of what stands there.
    private const string Leave = "\u001b[0m\u001b[H\u001b[J\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string Clear = "\u001b[2J";
    private const string EndOfLine = "\u001b[K";

    private readonly IDisposable? _guard;
    private readonly StringBuilder _text = new();
    private readonly object _gate = new();
    private (int Columns, int Rows) _size;
    private bool _isLeft;

    /// <summary>Changes to the alternate screen and hides the cursor.</summary>
    public TerminalScreen()
    {
        _guard = ManagementServices.Current.TryGuardTerminal(Leave);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        Write(Enter);
    }

    /// <summary>Shows lines from the top of the screen on, and nothing else. A line too many is left out.</summary>
    /// <param name="lines">The picture.</param>
    /// <param name="status">What stands in the last line, plain text.</param>
    /// <param name="columns">The terminal's width now.</param>
    /// <param name="rows">Its height now.</param>
    public void Show(string[] lines, string status, int columns, int rows)
    {
        _text.Clear();
        _text.Append(_size == (columns, rows) ? Home : Clear + Home);
        _size = (columns, rows);

        // What stood there goes before the line is written: after it the cursor may still be on the last column, which would go too.
        for (int row = 0; row < rows - 1; row++)
            _text.Append(EndOfLine).Append(row < lines.Length ? lines[row] : "").Append("\r\n");
        _text.Append(EndOfLine).Append(status.Length < columns ? status : status.Substring(0, Math.Max(0, columns - 1)));
        lock (_gate)
        {
            if (!_isLeft)
                Write(_text.ToString());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Restore();
        _guard?.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => Restore();

    private void Restore()
    {
        lock (_gate)
        {
            if (_isLeft)
                return;
            _isLeft = true;
            Write(Leave);
        }
    }

    private static void Write(string text)
    {
        Console.Out.Write(text);
        Console.Out.Flush();
    }
}

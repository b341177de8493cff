using System;
using System.Threading;

namespace WinMmf.Publisher.Output;

/// <summary>Prints progress at the terminal's pace.</summary>
internal sealed class ProgressTimer : IDisposable
{
    private readonly object _lock = new();
    private readonly Timer _timer;
    private bool _ended;

    public ProgressTimer(Terminal terminal, Action print)
    {
        _timer = new Timer(_ => Print(print), null, terminal.ProgressInterval, terminal.ProgressInterval);
    }

    /// <summary>Prints no more when this returns.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            _ended = true;
    }

    private void Print(Action print)
    {
        lock (_lock)
        {
            if (!_ended)
                print();
        }
    }
}

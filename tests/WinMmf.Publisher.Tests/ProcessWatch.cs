using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace WinMmf.Publisher.Tests;

/// <summary>Reads the arguments of every process over and over, as any account of the machine can.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private readonly HashSet<string> _seen = [];
    private readonly Thread _thread;
    private volatile bool _isOver;

    public ProcessWatch()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends it and gives all that was seen, one command line a line.</summary>
    public string End()
    {
        Dispose();
        return string.Join('\n', _seen);
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_isOver)
        {
            foreach (string folder in Directory.EnumerateDirectories("/proc")
                .Where(static folder => char.IsAsciiDigit(folder["/proc/".Length])))
            {
                try
                {
                    _seen.Add(File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It has ended.
                }
            }
        }
    }
}

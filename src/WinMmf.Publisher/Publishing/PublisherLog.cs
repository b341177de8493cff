using System;
using System.Globalization;
using System.IO;
using WinMmf.Errors;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// The log file of a publisher without a terminal: one line an event. At 1 MiB it becomes FILE.old, so two files are the most there is.
/// Never the reason for an end: what cannot be written is lost.
/// </summary>
internal sealed class PublisherLog
{
    private const long MaxBytes = 1 << 20;
    private readonly object _lock = new();
    private readonly string _path;

    /// <summary>Opens a log, to find out now whether it can be written.</summary>
    /// <exception cref="WinMmfException">SaveFailed.</exception>
    public PublisherLog(string path)
    {
        try
        {
            _path = Path.GetFullPath(path);
            File.AppendAllText(_path, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WinMmfException(
                WinMmfErrorId.SaveFailed, $"The log '{path}' cannot be written: {e.Message}", new ErrorFacts { Path = path }, 0, e);
        }
    }

    /// <summary>Writes one line with its time.</summary>
    public void Write(string text)
    {
        lock (_lock)
        {
            try
            {
                if (File.Exists(_path) && new FileInfo(_path).Length > MaxBytes)
                    File.Move(_path, _path + ".old", overwrite: true);
                string time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
                File.AppendAllText(_path, $"{time} {text.ReplaceLineEndings(" ")}\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full disk must not stop the frames.
            }
        }
    }
}

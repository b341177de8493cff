using System;
using System.IO;

namespace WinMmf.Publisher.Supervision;

/// <summary>
/// Finds out that a file was changed, by looking at it: notices of the system do not come from every file system. A change counts once the
/// file looks the same twice, because editors write in several steps.
/// </summary>
internal sealed class ConfigurationWatch
{
    private readonly string _path;
    private (DateTime Time, long Length) _applied;
    private (DateTime Time, long Length) _last;

    /// <summary>Begins with the file as it is now.</summary>
    public ConfigurationWatch(string path)
    {
        _path = path;
        _applied = _last = Look();
    }

    /// <summary>True once for each change.</summary>
    public bool HasChanged()
    {
        (DateTime Time, long Length) now = Look();
        bool isSettled = now == _last;
        _last = now;
        if (!isSettled || now == _applied)
            return false;
        _applied = now;
        return true;
    }

    /// <summary>A file that is not there looks like one of a length that none has.</summary>
    private (DateTime Time, long Length) Look()
    {
        try
        {
            FileInfo file = new(_path);
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (default, -1);
        }
    }
}

using System;
using System.Globalization;
using System.IO;

namespace WinMmf.Publisher.Tests;

/// <summary>A "video" for the stand-in of ffmpeg.</summary>
internal sealed class TemporaryClip : IDisposable
{
    public TemporaryClip(string words)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"winmmf-{Guid.NewGuid():N}.fake");
        Write(words);
    }

    public string Path { get; }

    /// <summary>The same as a live input.</summary>
    public string Address => "fake://user:secret@" + Path;

    /// <summary>Process id of the stand-in that shows it, or did last.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path + ".pid"), CultureInfo.InvariantCulture);

    /// <summary>What the next start of the stand-in finds.</summary>
    public void Write(string words) => File.WriteAllText(Path, "FAKE " + words);

    public void Dispose()
    {
        File.Delete(Path);
        File.Delete(Path + ".pid");
    }
}

using System;
using System.Globalization;
using System.IO;

namespace WinMmf.Publisher.Tests;

/// <summary>A "video" for the stand-in of ffmpeg.</summary>
internal sealed class TemporaryClip : IDisposable
{
    /// <param name="words">What the stand-in does, start by start; the last one also for all that follow.</param>
    public TemporaryClip(params string[] words)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"winmmf-{Guid.NewGuid():N}.fake");
        File.WriteAllText(Path, string.Join('\n', Array.ConvertAll(words, static line => "FAKE " + line)));
    }

    public string Path { get; }

    /// <summary>The same as a live input.</summary>
    public string Address => "fake://user:secret@" + Path;

    /// <summary>Process id of the stand-in that shows it, or did last.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path + ".pid"), CultureInfo.InvariantCulture);

    /// <summary>Lets a first frame go that waits at its gate.</summary>
    public void OpenGate() => File.WriteAllText(Path + ".go", "");

    public void Dispose()
    {
        File.Delete(Path);
        File.Delete(Path + ".pid");
        File.Delete(Path + ".go");
    }
}

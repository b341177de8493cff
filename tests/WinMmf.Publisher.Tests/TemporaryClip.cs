using System;
using System.IO;

namespace WinMmf.Publisher.Tests;

/// <summary>A "video" for the stand-in of ffmpeg.</summary>
internal sealed class TemporaryClip : IDisposable
{
    public TemporaryClip(string words)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"winmmf-{Guid.NewGuid():N}.fake");
        File.WriteAllText(Path, "FAKE " + words);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}

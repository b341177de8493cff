using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Versioning;

namespace WinMmf.Capture.Platform.Windows;

/// <inheritdoc/>
[SupportedOSPlatform("windows")]
internal sealed class WindowsCapturePlatform : ICapturePlatform
{
    public string NeutralFolder => Environment.SystemDirectory;

    /// <summary>Ctrl+Break needs a console that both share, and a publisher has none.</summary>
    public bool CanAskToEnd => false;

    public void AskToEnd(Process child)
    {
    }

    public IDisposable Guard(Process child) => JobOfChildren.Guard(child);

    /// <summary>The size of a pipe is fixed when it is made.</summary>
    public void Widen(Stream pipe)
    {
    }
}

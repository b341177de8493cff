using System.Threading;

namespace WinMmf.Platform.Windows;

/// <summary>Sleeps by time: on Windows no client connects.</summary>
internal sealed class WindowsServiceLoop : ServiceLoop
{
    /// <inheritdoc/>
    protected override void Wait(int milliseconds) => Thread.Sleep(milliseconds);
}

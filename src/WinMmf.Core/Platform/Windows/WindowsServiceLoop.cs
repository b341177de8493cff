using System.Threading;

namespace WinMmf.Platform.Windows;

/// <summary>Sleeps by time: on Windows no client connects, and no wake is ever owed.</summary>
internal sealed class WindowsServiceLoop : ServiceLoop
{
    /// <inheritdoc/>
    protected override bool CanRest => true;

    /// <inheritdoc/>
    protected override void Wait(int milliseconds) => Thread.Sleep(milliseconds);

    /// <inheritdoc/>
    protected override void Interrupt()
    {
    }
}

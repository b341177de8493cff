using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Wake-ups as auto-reset events, one a registry row: WaitOnAddress does not cross processes (protocol section 5.5).</summary>
internal sealed unsafe class WindowsWakeUpStore : IWakeUpStore
{
    /// <inheritdoc/>
    public IWaker CreateWaker(SharedName name, AccessPolicy policy, uint* newest, ReaderRegistry registry) =>
        new WindowsWaker(name, policy, registry);

    /// <inheritdoc/>
    public ISleeper OpenSleeper(SharedName name, int row, uint* newest) => new WindowsSleeper(name, row, newest);
}

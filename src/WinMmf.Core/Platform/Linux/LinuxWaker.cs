using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Wakes everybody who sleeps on the newest word. It does not ask the registry who waits: the kernel knows, and a wake-up for
/// nobody costs less than reading the registry would.
/// </summary>
internal sealed unsafe class LinuxWaker : IWaker
{
    private readonly uint* _newest;

    public LinuxWaker(uint* newest) => _newest = newest;

    public int Wake() => Libc.FutexWakeAll(_newest);

    public void Dispose()
    {
        // Nothing of the system is held.
    }
}

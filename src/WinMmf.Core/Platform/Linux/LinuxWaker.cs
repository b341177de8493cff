using WinMmf.Frames;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Wakes everybody who sleeps on the newest word, if somebody says that he does.</summary>
internal sealed unsafe class LinuxWaker : IWaker
{
    private readonly uint* _newest;

    public LinuxWaker(uint* newest) => _newest = newest;

    public int Wake(byte* registrySnapshot)
    {
        int waiting = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            if (registrySnapshot[RegistryLayout.Row(row) + RegistryLayout.Waiting] != 0)
                waiting++;
        }

        if (waiting != 0)
            Libc.FutexWakeAll(_newest);
        return waiting;
    }

    public void Dispose()
    {
        // Nothing of the system is held.
    }
}

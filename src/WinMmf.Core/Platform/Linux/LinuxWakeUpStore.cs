using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>Wake-ups by futex on the newest word; whoever maps control may wait, so no policy is applied.</summary>
internal sealed unsafe class LinuxWakeUpStore : IWakeUpStore
{
    public IWaker CreateWaker(SharedName name, AccessPolicy policy, uint* newest, ReaderRegistry registry) => new LinuxWaker(newest);

    public ISleeper OpenSleeper(SharedName name, int row, uint* newest) => new LinuxSleeper(newest);
}

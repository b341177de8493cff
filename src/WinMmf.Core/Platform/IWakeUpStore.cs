using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>Makes both ends of a channel's wake-up (protocol section 5.5).</summary>
internal unsafe interface IWakeUpStore
{
    /// <summary>The publisher's end.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="policy">Whose readers may wait.</param>
    /// <param name="newest">Address of the newest word in control.</param>
    /// <param name="registry">Where readers announce that they wait, if the system needs that.</param>
    IWaker CreateWaker(SharedName name, AccessPolicy policy, uint* newest, ReaderRegistry registry);

    /// <summary>A reader's end.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="row">The reader's registry row; 0 for a reader without one, which waits by time where sleepers have to announce themselves.</param>
    /// <param name="newest">Address of the newest word in control (mapped read-only).</param>
    ISleeper OpenSleeper(SharedName name, int row, uint* newest);
}

using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Platform;

/// <summary>Channels: owning them, and a reader's way to their parts (protocol sections 7 and 10).</summary>
internal unsafe interface IChannelStore
{
    /// <summary>
    /// Owns a name for publishing; disposing gives it back, and so does the end of the process, however it ends. What dead publishers left
    /// and no process reads is removed.
    /// </summary>
    /// <exception cref="WinMmfException">
    /// ChannelInUse if a publisher is alive, ForeignOwner if another account has the name, AlreadyExists if another kind of object has it,
    /// AccessDenied, NotReady, SystemError.
    /// </exception>
    ChannelSite Claim(SharedName name);

    /// <summary>True if a publisher is alive under this name, as far as this account can see.</summary>
    bool IsOwned(SharedName name);

    /// <summary>
    /// True if a process has the ownership of a channel, as the kernel tells it and not the channel, and as far as this account is told.
    /// Windows does not tell it: always true.
    /// </summary>
    bool IsOwnedBy(SharedName name, ProcessIdentity process);

    /// <summary>Opens a generation of pixels, and holds it; null if it is gone, or is not what it should be.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="control">Its control section.</param>
    /// <param name="generation">Which.</param>
    /// <param name="writable">To fill slots for the publisher (protocol 5.9), which only its own account may; otherwise to read.</param>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    SharedSection? TryOpenPixels(SharedName name, SharedSection control, uint generation, bool writable = false);

    /// <summary>A row for a reader; null if none is free now, or the publisher has not answered.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="control">Its control section.</param>
    /// <param name="epoch">The epoch that control names.</param>
    /// <param name="label">A label of up to 24 UTF-8 bytes for display; longer text is cut.</param>
    /// <param name="unanswered">The request, if the publisher has not answered it yet; it can be finished later.</param>
    ReaderRow? TryGetRow(SharedName name, SharedSection control, uint epoch, string label, out RowRequest? unanswered);

    /// <summary>A reader's way to sleep.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="row">Its row; null for none.</param>
    /// <param name="newest">Address of the newest word in control (mapped read-only).</param>
    ISleeper OpenSleeper(SharedName name, ReaderRow? row, uint* newest);
}

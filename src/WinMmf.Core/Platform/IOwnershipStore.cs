using System;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.Platform;

/// <summary>The right to publish under a name, arbitrated by the kernel (protocol section 1.1).</summary>
internal interface IOwnershipStore
{
    /// <summary>Takes ownership; disposing gives it back, and so does the end of the process, however it ends.</summary>
    /// <exception cref="WinMmfException">ChannelInUse if a publisher is alive, ForeignOwner if another account has the name, AccessDenied.</exception>
    IDisposable Acquire(SharedName name);

    /// <summary>True if a publisher is alive under this name, as far as this account can see.</summary>
    bool IsOwned(SharedName name);
}

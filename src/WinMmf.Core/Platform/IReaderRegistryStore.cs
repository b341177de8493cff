using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>Creates and opens registries of readers (protocol section 4).</summary>
internal interface IReaderRegistryStore
{
    /// <summary>Creates a channel's registry, or opens the one that its living readers still use.</summary>
    /// <exception cref="WinMmfException">OutOfSharedMemory, AccessDenied, ForeignOwner, SystemError.</exception>
    ReaderRegistry CreateOrOpen(SharedName name, AccessPolicy policy);

    /// <summary>Opens a registry for a reader; null if it is missing, too small, or may not be written.</summary>
    ReaderRegistry? TryOpen(SharedName name);
}

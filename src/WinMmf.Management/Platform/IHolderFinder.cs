using WinMmf.Errors;

namespace WinMmf.Management.Platform;

/// <summary>Finds the processes that have a named section open.</summary>
internal interface IHolderFinder
{
    /// <summary>
    /// Looks into every process that this account may look into. Fills identity, account, session, access and number of handles; false if
    /// no object has the name.
    /// </summary>
    /// <exception cref="WinMmfException">AccessDenied, WrongObjectType, SystemError.</exception>
    bool TryFind(HolderSearch search);
}

using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>Rights of the system itself: who has them, and giving and taking them.</summary>
internal interface IPrivilegeStore
{
    /// <summary>Whether an account, or this process, has a privilege.</summary>
    /// <exception cref="WinMmf.Errors.WinMmfException">UnknownAccount, NotSupported, SystemError.</exception>
    PrivilegeReport Read(SystemPrivilege privilege, string? account);

    /// <summary>Throws where it cannot be assigned.</summary>
    /// <exception cref="WinMmf.Errors.WinMmfException">NotSupported.</exception>
    void ThrowIfFixed(SystemPrivilege privilege);

    /// <summary>Assigns it to an account.</summary>
    /// <exception cref="WinMmf.Errors.WinMmfException">UnknownAccount, AccessDenied, NotSupported, SystemError.</exception>
    void Grant(SystemPrivilege privilege, string account);

    /// <summary>Takes it from an account.</summary>
    /// <exception cref="WinMmf.Errors.WinMmfException">UnknownAccount, AccessDenied, NotFound, NotSupported, SystemError.</exception>
    void Revoke(SystemPrivilege privilege, string account);
}

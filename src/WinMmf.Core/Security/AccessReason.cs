namespace WinMmf.Security;

/// <summary>Why an account may use a name, or may not.</summary>
public enum AccessReason
{
    /// <summary>It may.</summary>
    Allowed,

    /// <summary>No object has the name.</summary>
    NotFound,

    /// <summary>Windows: a Local name belongs to a session, and the account is in another one.</summary>
    SessionLocal,

    /// <summary>Linux: a Local name belongs to a user, and the account is another one.</summary>
    OtherUsersName,

    /// <summary>An entry of the access list denies it.</summary>
    Denied,

    /// <summary>Nothing in the access list, or in the file's mode, grants it.</summary>
    NotGranted,

    /// <summary>Only as an elevated administrator.</summary>
    NeedsElevation,

    /// <summary>Windows: a mandatory label keeps programs of this account's level from it, whatever the access list grants.</summary>
    LabelForbids,

    /// <summary>Another account owns the name, and only its owner publishes there.</summary>
    NotOwner,

    /// <summary>The name belongs to something of another kind.</summary>
    WrongKind,

    /// <summary>Windows: the account lacks the right to create global objects.</summary>
    PrivilegeMissing,

    /// <summary>The access list of an object may not be read from here, so nothing can be said.</summary>
    Unknown,
}

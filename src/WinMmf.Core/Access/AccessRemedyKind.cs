namespace WinMmf.Access;

/// <summary>What mends a refusal.</summary>
internal enum AccessRemedyKind
{
    /// <summary>Its owner or an administrator grants the account a right.</summary>
    Grant,

    /// <summary>Its owner or an administrator replaces the access list, because an entry in it denies the account.</summary>
    Replace,

    /// <summary>The account runs elevated, or the owner sets another mandatory label (Windows): no access list decides there.</summary>
    Relabel,

    /// <summary>A plain memory is created.</summary>
    CreateMemory,

    /// <summary>A publisher is started.</summary>
    StartPublisher,
}

namespace WinMmf.Security;

/// <summary>What stops an account before any access list is checked.</summary>
internal sealed class AccessBarrier
{
    public AccessBarrier(AccessReason reason, string message, string? grantee)
    {
        Reason = reason;
        Message = message;
        Grantee = grantee;
    }

    public AccessReason Reason { get; }

    public string Message { get; }

    /// <summary>The account to grant access to when the name is made elsewhere or by another account; null: none.</summary>
    public string? Grantee { get; }
}

namespace WinMmf.Security;

/// <summary>What stands in an account's way before any access list does.</summary>
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

    /// <summary>Whom to let in when the name is made elsewhere or by somebody else; null: nobody.</summary>
    public string? Grantee { get; }
}

namespace WinMmf.Security;

/// <summary>A change that is made to every object of a memory or channel.</summary>
internal sealed class AccessChange
{
    private AccessChange(AccessPolicy? policy, string account, AccessRight? right)
    {
        Policy = policy;
        Account = account;
        Right = right;
    }

    /// <summary>The access from now on; null to grant or revoke.</summary>
    public AccessPolicy? Policy { get; }

    /// <summary>The account to grant to or to revoke from.</summary>
    public string Account { get; }

    /// <summary>What to grant; null to revoke.</summary>
    public AccessRight? Right { get; }

    public static AccessChange Set(AccessPolicy policy) => new(policy, "", null);

    public static AccessChange Grant(string account, AccessRight right) => new(null, account, right);

    public static AccessChange Revoke(string account) => new(null, account, null);
}

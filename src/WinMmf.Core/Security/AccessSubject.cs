namespace WinMmf.Security;

/// <summary>An account that wants access, with all that decides about it.</summary>
internal abstract class AccessSubject
{
    protected AccessSubject(string name, string id, int? sessionId, bool isCaller)
    {
        Name = name;
        Id = id;
        SessionId = sessionId;
        IsCaller = isCaller;
    }

    /// <summary>The account by name.</summary>
    public string Name { get; }

    /// <summary>SID, or user number or <c>group:NAME</c> on Linux: what a command can be given.</summary>
    public string Id { get; }

    /// <summary>The session from which it comes; null on Linux.</summary>
    public int? SessionId { get; }

    /// <summary>True for the account that asks.</summary>
    public bool IsCaller { get; }
}

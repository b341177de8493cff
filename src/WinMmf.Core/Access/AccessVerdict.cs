using System.Collections.Generic;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>Whether an account can use a name, why not, and what mends it.</summary>
internal sealed class AccessVerdict
{
    internal AccessVerdict(SharedName name, AccessUse use, AccessSubject subject, AccessReason reason, string message, AccessRemedy? remedy,
        IReadOnlyList<AccessAnswer> answers)
    {
        Name = name;
        Use = use;
        Account = subject.Name;
        AccountId = subject.Id;
        SessionId = subject.SessionId;
        Reason = reason;
        Message = message;
        Remedy = remedy;
        Answers = answers;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>What the account wants.</summary>
    public AccessUse Use { get; }

    /// <summary>The account by name.</summary>
    public string Account { get; }

    /// <summary>Its SID; on Linux a user number or a group.</summary>
    public string AccountId { get; }

    /// <summary>The session from which it comes; null on Linux.</summary>
    public int? SessionId { get; }

    /// <summary>True if it can.</summary>
    public bool IsAllowed => Reason == AccessReason.Allowed;

    /// <summary>Why, in a word.</summary>
    public AccessReason Reason { get; }

    /// <summary>Why, in sentences, with the object that decides.</summary>
    public string Message { get; }

    /// <summary>What mends it; null where there is nothing to mend.</summary>
    public AccessRemedy? Remedy { get; }

    /// <summary>What each object says.</summary>
    public IReadOnlyList<AccessAnswer> Answers { get; }
}

using System.Linq;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>Whether an account can use a shared memory, why not, and which command changes that.</summary>
public sealed class SharedMemoryAccessTest
{
    internal SharedMemoryAccessTest(AccessVerdict verdict)
    {
        Name = verdict.Name.Name;
        Scope = verdict.Name.Scope.ToString();
        Account = verdict.Account;
        AccountId = verdict.AccountId;
        SessionId = verdict.SessionId;
        Access = verdict.Use.ToString();
        IsAllowed = verdict.IsAllowed;
        Reason = verdict.Reason.ToString();
        Message = verdict.Message;
        Remedy = verdict.Remedy is null ? null : AccessAdvice.Command(verdict.Remedy);
        Objects = [.. verdict.Answers.Select(static answer => new SharedMemoryAccessAnswer(answer))];
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public string Scope { get; }

    /// <summary>The account by name.</summary>
    public string Account { get; }

    /// <summary>Its SID; on Linux its number or its group.</summary>
    public string AccountId { get; }

    /// <summary>The session from which it comes; nothing on Linux.</summary>
    public int? SessionId { get; }

    /// <summary>What it wants.</summary>
    public string Access { get; }

    /// <summary>True if it can.</summary>
    public bool IsAllowed { get; }

    /// <summary>Why, in a word.</summary>
    public string Reason { get; }

    /// <summary>Why, in sentences.</summary>
    public string Message { get; }

    /// <summary>The command that changes that.</summary>
    public string? Remedy { get; }

    /// <summary>What each object says.</summary>
    public SharedMemoryAccessAnswer[] Objects { get; }

    /// <summary>The question and the answer.</summary>
    public override string ToString() => $"{Account} {Access} {Scope}\\{Name}: {Reason}";
}

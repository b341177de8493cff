using System.Collections.Generic;
using WinMmf.PowerShell.Advice;
using WinMmf.Security;

namespace WinMmf.PowerShell.Output;

/// <summary>Whether an account has a right of the system, and where it has it from.</summary>
public sealed class SharedMemoryPrivilege
{
    internal SharedMemoryPrivilege(PrivilegeReport report)
    {
        Privilege = report.Privilege.ToString();
        Account = report.Account;
        IsHeld = report.IsHeld;
        IsEnabled = report.IsEnabled;
        AssignedTo = report.AssignedTo is null ? null : new List<string>(report.AssignedTo).ToArray();
        LockLimit = report.LockLimit;
        Message = report.Message;
        Remedy = PrivilegeAdvice.For(report);
    }

    /// <summary>The privilege.</summary>
    public string Privilege { get; }

    /// <summary>The account.</summary>
    public string Account { get; }

    /// <summary>True if it can be used; nothing if that cannot be found out.</summary>
    public bool? IsHeld { get; }

    /// <summary>True if this process has it switched on; nothing for other accounts.</summary>
    public bool? IsEnabled { get; }

    /// <summary>The account itself and those of its groups that it is assigned to; nothing if this may not be asked.</summary>
    public string[]? AssignedTo { get; }

    /// <summary>Bytes that may be locked in memory (Linux); nothing if there is no limit.</summary>
    public long? LockLimit { get; }

    /// <summary>What it means.</summary>
    public string Message { get; }

    /// <summary>What to do if it is missing.</summary>
    public string? Remedy { get; }

    /// <summary>Privilege and account.</summary>
    public override string ToString() => $"{Privilege}: {Account}";
}

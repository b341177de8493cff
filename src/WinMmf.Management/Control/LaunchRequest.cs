using System;
using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Residency;

namespace WinMmf.Management.Control;

/// <summary>What a process that is started detached shall do under a name.</summary>
public abstract class LaunchRequest
{
    private protected LaunchRequest(SharedName name)
    {
        if (name == default)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "There is no name. Give a name of 1 to 200 bytes.");
        Name = name;
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>Accounts that get access besides the one that starts it.</summary>
    public IReadOnlyList<string> ReadAccess { get; set; } = Array.Empty<string>();

    /// <summary>A security descriptor's text in place of accounts (Windows); null: none.</summary>
    public string? Sddl { get; set; }

    /// <summary>Whether the memory may be paged out.</summary>
    public MemoryResidency Residency { get; set; }

    /// <summary>Who is started, as the beginning of a sentence.</summary>
    internal abstract string Subject { get; }

    /// <summary>What did not come, as the rest of a sentence.</summary>
    internal abstract string Missing { get; }

    /// <summary>The request as the program's arguments.</summary>
    internal abstract IReadOnlyList<string> ToArguments();

    private protected static void Add(List<string> arguments, string option, string? value)
    {
        if (value is not null)
            arguments.AddRange([option, value]);
    }

    private protected void AddAccess(List<string> arguments)
    {
        foreach (string account in ReadAccess)
            Add(arguments, "--read-access", account);
        Add(arguments, "--sddl", Sddl);
    }

    private protected string? ResidentArgument => Residency == MemoryResidency.None ? null : Residency.ToString();

    private protected string ScopeArgument => Name.Scope == NameScope.Global ? "global" : "local";
}

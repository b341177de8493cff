using System;
using System.Globalization;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// The scope that Get-SharedMemoryInfo -AllUsers shows for the Local names of other users or sessions, <c>Local:NUMBER</c>. It is no scope
/// to look in: without this check a cmdlet would take the name in the caller's own Local scope.
/// </summary>
internal static class ElsewhereScope
{
    private const string Prefix = nameof(NameScope.Local) + ":";

    /// <summary>The scope as text.</summary>
    public static string Describe(SharedName name) => name.Whose is uint whose
        ? Prefix + whose.ToString(CultureInfo.InvariantCulture)
        : name.Scope.ToString();

    /// <summary>Says why a scope is none to look in, in a sentence; null if it is not one of other users or sessions.</summary>
    public static string? FindFault(object? scope)
    {
        string text = (scope is PSObject wrapped ? wrapped.BaseObject : scope) as string ?? "";
        return text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text.Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"'{text}' is the Local scope of another user or session, and only Get-SharedMemoryInfo -AllUsers looks into it. "
                + "Run the command as that user, in that session."
            : null;
    }

    /// <summary>Refuses such a scope.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static void ThrowIfOne(object? scope)
    {
        if (FindFault(scope) is string fault)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, fault);
    }
}

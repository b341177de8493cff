using System.Collections;
using System.Management.Automation;

namespace WinMmf.PowerShell.Session;

/// <summary>Which PowerShell this is, for display.</summary>
internal static class ShellDescription
{
    public static string? Of(SessionState session) => session.PSVariable.GetValue("PSVersionTable") is IDictionary table
        ? $"PowerShell {table["PSVersion"]} ({(table["PSEdition"] ?? "Desktop")} edition)"
        : null;
}

using System.IO;
using System.Management.Automation;

namespace WinMmf.PowerShell.Session;

/// <summary>The label of a lock if the user gives none: where it was taken.</summary>
internal static class LockLabel
{
    public static string For(InvocationInfo invocation) => string.IsNullOrEmpty(invocation.ScriptName)
        ? "prompt"
        : $"{Path.GetFileName(invocation.ScriptName)}:{invocation.ScriptLineNumber}";
}

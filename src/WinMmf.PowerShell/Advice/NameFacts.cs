using WinMmf.Errors;
using WinMmf.Names;

namespace WinMmf.PowerShell.Advice;

/// <summary>A name as what an error is about.</summary>
internal static class NameFacts
{
    public static ErrorFacts Of(SharedName name) => new() { Name = name.Name, Scope = name.Scope.ToString() };
}

using WinMmf.Management.EnvironmentChecks;

namespace WinMmf.PowerShell.Advice;

/// <summary>What to do about a finding of the machine's examination, with the cmdlet that does it.</summary>
internal static class EnvironmentAdvice
{
    /// <summary>The advice; null where nothing has to be done.</summary>
    public static string? For(EnvironmentFinding finding) => finding is { Check: EnvironmentCheck.Leftovers, Remedy: string remedy }
        ? $"{remedy} Or remove them now: Remove-SharedMemory -Name *"
        : finding.Remedy;
}

using WinMmf.Management.EnvironmentChecks;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Output;

/// <summary>One thing that Test-WinMmfEnvironment found.</summary>
public sealed class WinMmfEnvironmentFinding
{
    internal WinMmfEnvironmentFinding(EnvironmentFinding finding)
    {
        Check = finding.Check.ToString();
        Status = finding.Status.ToString();
        Message = finding.Message;
        Remedy = EnvironmentAdvice.For(finding);
    }

    /// <summary>What was looked at.</summary>
    public string Check { get; }

    /// <summary>How it is.</summary>
    public string Status { get; }

    /// <summary>What was found.</summary>
    public string Message { get; }

    /// <summary>What to do about it; nothing where nothing has to be done.</summary>
    public string? Remedy { get; }

    /// <summary>Check and status.</summary>
    public override string ToString() => $"{Check}: {Status}";
}

namespace WinMmf.Management.EnvironmentChecks;

/// <summary>One thing that an examination of the machine found.</summary>
internal sealed class EnvironmentFinding
{
    internal EnvironmentFinding(EnvironmentCheck check, EnvironmentStatus status, string message, string? remedy = null)
    {
        Check = check;
        Status = status;
        Message = message;
        Remedy = remedy;
    }

    /// <summary>What was looked at.</summary>
    public EnvironmentCheck Check { get; }

    /// <summary>How it is.</summary>
    public EnvironmentStatus Status { get; }

    /// <summary>What was found, in a sentence.</summary>
    public string Message { get; }

    /// <summary>What to do about it; null where nothing has to be done.</summary>
    public string? Remedy { get; }
}

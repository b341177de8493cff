namespace WinMmf.Management.EnvironmentChecks;

/// <summary>What an examination found.</summary>
public enum EnvironmentStatus
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>Works, with a limit that a user may reach.</summary>
    Warning,

    /// <summary>Something will fail.</summary>
    Failed,

    /// <summary>It could not be found out.</summary>
    Unknown,
}

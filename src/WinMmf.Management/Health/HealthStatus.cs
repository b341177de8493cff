namespace WinMmf.Management.Health;

/// <summary>How a publisher is, in the four words of monitoring systems. The numbers are the exit codes of their plugins.</summary>
internal enum HealthStatus
{
    /// <summary>It publishes, and keeps every limit.</summary>
    Ok = 0,

    /// <summary>It publishes, but more slowly than it shall, or has had no frame yet.</summary>
    Warning = 1,

    /// <summary>There are no fresh frames.</summary>
    Critical = 2,

    /// <summary>It cannot be told.</summary>
    Unknown = 3,
}

namespace WinMmf.Locking;

/// <summary>How a memory is locked. The values are those of protocol 8.2.</summary>
public enum LockMode
{
    /// <summary>Shared with other readers; writers are kept out.</summary>
    Read = 1,

    /// <summary>For one alone.</summary>
    Write = 2,
}

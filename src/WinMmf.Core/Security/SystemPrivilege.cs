namespace WinMmf.Security;

/// <summary>Rights of the system itself that shared memory may need, by their names on Windows. No access list can give them.</summary>
public enum SystemPrivilege
{
    /// <summary>To create names that the whole machine sees. Opening them needs no privilege. Linux needs none.</summary>
    SeCreateGlobalPrivilege = 1,

    /// <summary>Large pages on Windows; on Linux, to lock memory beyond the limit (CAP_IPC_LOCK).</summary>
    SeLockMemoryPrivilege,
}

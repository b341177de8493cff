namespace WinMmf.Processes;

/// <summary>Which process is which, and whether it lives (design L4).</summary>
internal interface IProcessProbe
{
    /// <summary>This process.</summary>
    ProcessIdentity Current { get; }

    /// <summary>This process's account as text: DOMAIN\user on Windows, user name on Linux.</summary>
    string CurrentAccount { get; }

    /// <summary>Whether a process lives. Never calls a living process dead; what it cannot see is Unknown.</summary>
    ProcessLiveness Probe(ProcessIdentity identity);

    /// <summary>The name of a process's program, or null if it cannot be seen.</summary>
    string? FindProgramName(ProcessIdentity identity);

    /// <summary>
    /// Ends a process at once. Its identity comes from memory that others may write: so it is held, looked at again while it is, and
    /// ended only if it runs as a given account.
    /// </summary>
    /// <param name="identity">The process.</param>
    /// <param name="ownerId">
    /// The account that it must run as, as the kernel tells it of the section: a SID on Windows, a uid on Linux.
    /// </param>
    ProcessEnd End(ProcessIdentity identity, string ownerId);
}

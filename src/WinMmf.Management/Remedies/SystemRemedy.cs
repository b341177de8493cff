namespace WinMmf.Management.Remedies;

/// <summary>
/// What an administrator changes on the machine itself, whatever shell is used. Advice that names commands of WinMmf belongs to the
/// shell that has these commands.
/// </summary>
internal static class SystemRemedy
{
    /// <summary>How to get the publisher program.</summary>
    public static string FindPublisher => "Install WinMmf again, or name the program in the environment variable WINMMF_PUBLISHER.";

    /// <summary>How to get the viewer program, which a package may be without.</summary>
    public static string FindViewer =>
        "Install WinMmf with its viewer, or name the program in the environment variable WINMMF_VIEWER.";

    /// <summary>How to make a program one that is started.</summary>
    /// <param name="path">What another account can change; null where a full path was missing.</param>
    public static string SecureProgram(string? path) => path is null
        ? "Give its full path."
        : "Install it where only administrators can write, or take that right away: "
            + $"'icacls \"{path}\"' (Linux: 'ls -ld', 'getfacl') shows who has it.";

    /// <summary>How to raise the limit of locked memory on Linux.</summary>
    public static string RaiseLockLimit =>
        "Raise the limit with a line 'USER - memlock unlimited' in /etc/security/limits.conf and sign in again, for a service with "
        + "LimitMEMLOCK=infinity in its unit; the capability CAP_IPC_LOCK lifts it (AmbientCapabilities=CAP_IPC_LOCK).";

    /// <summary>How to make large pages possible for shared memory on Linux.</summary>
    public static string AllowLargePages =>
        "As root: 'echo advise > /sys/kernel/mm/transparent_hugepage/shmem_enabled', or use Linux 6.1 or later without 'deny' there.";

    /// <summary>How to get free memory in large pieces on Linux.</summary>
    public static string CompactMemory => "'echo 1 > /proc/sys/vm/compact_memory' as root makes free memory in large pieces.";

    /// <summary>How to get free memory in large pieces on Windows.</summary>
    public static string StartEarly => "Create it soon after the start of Windows, when memory is free in large pieces.";

    /// <summary>How to make the folder of shared memory larger.</summary>
    /// <param name="folder">The folder.</param>
    public static string EnlargeSharedMemory(string folder) =>
        $"'mount -o remount,size=SIZE {folder}' as root; start a container with a larger one (Docker: --shm-size=SIZE).";

    /// <summary>How to get a folder for shared memory.</summary>
    /// <param name="folder">The folder.</param>
    public static string MountSharedMemory(string folder) =>
        $"WinMmf needs a tmpfs at {folder}: 'mkdir -p {folder} && mount -t tmpfs -o mode=1777 tmpfs {folder}' as root. "
            + "It also needs /proc.";

    /// <summary>How to let all accounts create shared memory.</summary>
    /// <param name="folder">The folder.</param>
    public static string OpenSharedMemory(string folder) =>
        $"{folder} has to be a tmpfs in which every account may create files: 'chmod 1777 {folder}' as root.";
}

using System;
using System.Security.Principal;

namespace WinMmf.Viewer.Platform;

/// <summary>The account that the viewer runs as.</summary>
internal static class ViewerAccount
{
    /// <summary>
    /// True for SYSTEM on Windows: a web server with all rights of the machine, started from a service or a task, where no person looks at
    /// it.
    /// </summary>
    public static bool IsSystem
    {
        get
        {
            if (!OperatingSystem.IsWindows())
                return false;
            using WindowsIdentity identity = WindowsIdentity.GetCurrent();
            return identity.IsSystem;
        }
    }

    /// <summary>True for root on Linux. Allowed, since it is the usual account in a container, and worth a warning.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;
}

using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>SERVICE_STATUS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServiceStatus
{
    public uint Type;
    public uint State;
    public uint Accepted;
    public uint ExitCode;
    public uint OwnExitCode;
    public uint CheckPoint;
    public uint WaitHint;
}

/// <summary>QUERY_SERVICE_CONFIGW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServiceConfig
{
    public uint Type;
    public uint Start;
    public uint ErrorControl;
    public IntPtr Path;
    public IntPtr Group;
    public uint Tag;
    public IntPtr Dependencies;
    public IntPtr Account;
    public IntPtr DisplayName;
}

/// <summary>ENUM_SERVICE_STATUSW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ListedService
{
    public IntPtr Name;
    public IntPtr DisplayName;
    public ServiceStatus Status;
}

/// <summary>SC_ACTION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServiceAction
{
    /// <summary>Start the service again.</summary>
    public const uint Restart = 1;

    public uint Type;
    public uint DelayMilliseconds;
}

/// <summary>SERVICE_FAILURE_ACTIONSW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServiceFailureActions
{
    public uint ResetSeconds;
    public IntPtr RebootMessage;
    public IntPtr Command;
    public uint Count;
    public IntPtr Actions;
}

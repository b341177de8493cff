using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Windows services: what the Service Control Manager keeps of them.</summary>
internal static partial class Advapi32
{
    /// <summary>Connects to the Service Control Manager of this machine.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeServiceHandle OpenSCManagerW(string? machine, string? database, uint access);

    /// <summary>Closes a handle of it.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CloseServiceHandle(IntPtr handle);

    /// <summary>Opens a service by its name.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeServiceHandle OpenServiceW(SafeServiceHandle manager, string name, uint access);

    /// <summary>Makes a service.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeServiceHandle CreateServiceW(SafeServiceHandle manager, string name, string displayName, uint access,
        uint type, uint start, uint errorControl, string path, string? group, IntPtr tag, string? dependencies, string? account,
        string? password);

    /// <summary>Changes a service.</summary>
    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ChangeServiceConfigW(SafeServiceHandle service, uint type, uint start, uint errorControl, string path,
        string? group, IntPtr tag, string? dependencies, string? account, string? password, string displayName);

    /// <summary>Changes one of its further settings.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ChangeServiceConfig2W(SafeServiceHandle service, uint level, IntPtr info);

    /// <summary>Reads a service's settings.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool QueryServiceConfigW(SafeServiceHandle service, IntPtr config, uint size, out uint needed);

    /// <summary>Reads how a service is.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool QueryServiceStatus(SafeServiceHandle service, out ServiceStatus status);

    /// <summary>Lists services.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool EnumServicesStatusW(SafeServiceHandle manager, uint type, uint state, IntPtr services, uint size,
        out uint needed, out uint count, ref uint resume);

    /// <summary>Starts a service.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool StartServiceW(SafeServiceHandle service, uint count, IntPtr arguments);

    /// <summary>Sends a service a control, such as to stop.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool ControlService(SafeServiceHandle service, uint control, out ServiceStatus status);

    /// <summary>Takes a service away, once nobody has it open.</summary>
    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool DeleteService(SafeServiceHandle service);
}

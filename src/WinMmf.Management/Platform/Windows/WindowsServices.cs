using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>The Service Control Manager of this machine.</summary>
internal sealed class WindowsServices : IDisposable
{
    /// <summary>SERVICE_STOPPED.</summary>
    public const uint Stopped = 1;

    /// <summary>SERVICE_START_PENDING.</summary>
    public const uint Starting = 2;

    /// <summary>SERVICE_RUNNING.</summary>
    public const uint Running = 4;

    private const uint AllAccess = 0xF003F;
    private const uint MayList = 0x4 | 0x1;
    private const uint AllOfService = 0xF01FF;
    private const uint MayLook = 0x1 | 0x4;
    private const uint OwnProcess = 0x10;
    private const uint Automatic = 2;
    private const uint LogsErrors = 1;
    private const uint InAnyState = 3;
    private const uint StopControl = 1;
    private const int MoreData = 234;
    private const int DoesNotExist = 1060;
    private const int NotActive = 1062;
    private const int AlreadyRunning = 1056;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SafeServiceHandle _manager;

    /// <param name="changes">True to change services, which only administrators may.</param>
    /// <exception cref="WinMmfException">ElevationRequired, SystemError.</exception>
    public WindowsServices(bool changes)
    {
        _manager = Advapi32.OpenSCManagerW(null, null, changes ? AllAccess : MayList);
        int error = Marshal.GetLastWin32Error();
        if (!_manager.IsInvalid)
            return;
        throw error == Win32Error.ERROR_ACCESS_DENIED
            ? new WinMmfException(WinMmfErrorId.ElevationRequired, "Only administrators may change the services of this machine.", error)
            : Failed("The Service Control Manager cannot be reached", error);
    }

    public void Dispose() => _manager.Dispose();

    /// <summary>Names of services that begin with a prefix, and how they are.</summary>
    public List<(string Name, uint State)> List(string prefix)
    {
        uint resume = 0;
        _ = Advapi32.EnumServicesStatusW(_manager, OwnProcess, InAnyState, IntPtr.Zero, 0, out uint needed, out _, ref resume);
        while (true)
        {
            IntPtr memory = Marshal.AllocHGlobal((int)needed + 1);
            try
            {
                uint size = needed;
                resume = 0;
                bool done = Advapi32.EnumServicesStatusW(
                    _manager, OwnProcess, InAnyState, memory, size, out needed, out uint count, ref resume);
                int error = Marshal.GetLastWin32Error();
                if (done)
                    return Read(memory, count, prefix);
                if (error != MoreData)
                    throw Failed("The services of this machine cannot be listed", error);
                needed += size;
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
    }

    /// <summary>Command line and account of a service; null if there is none.</summary>
    public (string CommandLine, string Account)? Find(string name)
    {
        using SafeServiceHandle service = Advapi32.OpenServiceW(_manager, name, MayLook);
        if (service.IsInvalid)
        {
            int error = Marshal.GetLastWin32Error();
            return error == DoesNotExist ? null : throw Failed($"The service {name} cannot be read", error);
        }

        _ = Advapi32.QueryServiceConfigW(service, IntPtr.Zero, 0, out uint needed);
        IntPtr memory = Marshal.AllocHGlobal((int)needed);
        try
        {
            if (!Advapi32.QueryServiceConfigW(service, memory, needed, out _))
                throw Failed($"The service {name} cannot be read", Marshal.GetLastWin32Error());
            ServiceConfig config = Marshal.PtrToStructure<ServiceConfig>(memory);
            return (Marshal.PtrToStringUni(config.Path) ?? "", Marshal.PtrToStringUni(config.Account) ?? "");
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    /// <summary>Makes a service, or changes the one of that name. It starts with the machine.</summary>
    /// <returns>A handle for further settings.</returns>
    public SafeServiceHandle Save(string name, string displayName, string commandLine, string account)
    {
        SafeServiceHandle service = Advapi32.OpenServiceW(_manager, name, AllOfService);
        if (service.IsInvalid)
        {
            service = Advapi32.CreateServiceW(_manager, name, displayName, AllOfService, OwnProcess, Automatic, LogsErrors, commandLine,
                null, IntPtr.Zero, null, account, null);
            if (service.IsInvalid)
                throw Failed($"The service {name} cannot be made", Marshal.GetLastWin32Error());
        }
        else if (!Advapi32.ChangeServiceConfigW(
            service, OwnProcess, Automatic, LogsErrors, commandLine, null, IntPtr.Zero, null, account, null, displayName))
        {
            int error = Marshal.GetLastWin32Error();
            service.Dispose();
            throw Failed($"The service {name} cannot be changed", error);
        }

        return service;
    }

    /// <summary>Changes one of a service's further settings. False where this system does not have it.</summary>
    public static bool Set<T>(SafeServiceHandle service, uint level, T value)
        where T : struct
    {
        IntPtr memory = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        try
        {
            Marshal.StructureToPtr(value, memory, false);
            return Advapi32.ChangeServiceConfig2W(service, level, memory);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    /// <summary>How a service is; null if there is none.</summary>
    public ServiceStatus? StatusOf(string name)
    {
        using SafeServiceHandle service = Advapi32.OpenServiceW(_manager, name, MayLook);
        return !service.IsInvalid && Advapi32.QueryServiceStatus(service, out ServiceStatus status) ? status : null;
    }

    /// <summary>Starts a service and waits until it runs.</summary>
    /// <exception cref="WinMmfException">PublisherFailed, SystemError.</exception>
    public void Start(string name, TimeSpan limit)
    {
        using SafeServiceHandle service = Open(name);
        if (!Advapi32.StartServiceW(service, 0, IntPtr.Zero) && Marshal.GetLastWin32Error() is int error && error != AlreadyRunning)
            throw NotStarted(name, error);
        ServiceStatus status = WaitWhile(service, static state => state == Starting, limit);
        if (status.State != Running)
            throw NotStarted(name, (int)(status.ExitCode == 0 ? status.OwnExitCode : status.ExitCode));
    }

    /// <summary>Stops a service and waits until it has ended; one that does not run is no fault.</summary>
    /// <exception cref="WinMmfException">Timeout, SystemError.</exception>
    public void Stop(string name, TimeSpan limit)
    {
        using SafeServiceHandle service = Open(name);
        if (!Advapi32.ControlService(service, StopControl, out _))
        {
            int error = Marshal.GetLastWin32Error();
            if (error == NotActive)
                return;
            throw Failed($"The service {name} cannot be stopped", error);
        }

        if (WaitWhile(service, static state => state != Stopped, limit).State != Stopped)
            throw new WinMmfException(WinMmfErrorId.Timeout, $"The service {name} did not end within {limit.TotalSeconds:0} s.",
                new ErrorFacts { Operation = ErrorOperation.Stop, Waited = limit });
    }

    /// <summary>Takes a service away.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public void Delete(string name)
    {
        using SafeServiceHandle service = Open(name);
        if (!Advapi32.DeleteService(service))
            throw Failed($"The service {name} cannot be removed", Marshal.GetLastWin32Error());
    }

    private static List<(string Name, uint State)> Read(IntPtr memory, uint count, string prefix)
    {
        List<(string Name, uint State)> found = [];
        for (int i = 0; i < count; i++)
        {
            ListedService listed = Marshal.PtrToStructure<ListedService>(memory + (i * Marshal.SizeOf<ListedService>()));
            if (Marshal.PtrToStringUni(listed.Name) is string name && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                found.Add((name, listed.Status.State));
        }

        return found;
    }

    private static ServiceStatus WaitWhile(SafeServiceHandle service, Func<uint, bool> isPending, TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ServiceStatus status;
        while (Advapi32.QueryServiceStatus(service, out status) && isPending(status.State) && watch.Elapsed < limit)
            Thread.Sleep(Pause);
        return status;
    }

    private static WinMmfException NotStarted(string name, int error) => new(
        WinMmfErrorId.PublisherFailed,
        $"The service {name} is registered and does not start (code {error}). Windows tries again; its log and the event log say why.",
        new ErrorFacts { Operation = ErrorOperation.Start, Program = name },
        error);

    private static WinMmfException Failed(string what, int error) =>
        new(WinMmfErrorId.SystemError, $"{what}: {new System.ComponentModel.Win32Exception(error).Message} (code {error}).", error);

    private SafeServiceHandle Open(string name)
    {
        SafeServiceHandle service = Advapi32.OpenServiceW(_manager, name, AllOfService);
        return service.IsInvalid ? throw Failed($"The service {name} cannot be opened", Marshal.GetLastWin32Error()) : service;
    }
}

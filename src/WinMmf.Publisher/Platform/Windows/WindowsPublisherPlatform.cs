using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.ServiceProcess;
using Microsoft.Extensions.Hosting;
using Microsoft.Win32.SafeHandles;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform.Windows;

/// <inheritdoc/>
[SupportedOSPlatform("windows")]
internal sealed class WindowsPublisherPlatform : IPublisherPlatform
{
    private const int StandardOutput = -11;

    public long? FreeSharedMemory => null;

    public bool HasPosixShell => false;

    public string? OwnFolder => Environment.GetFolderPath(
        Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path ? path : null;

    public IControlEndpoint CreateControlEndpoint(AccessPolicy access, string? folder) => new WindowsControlEndpoint(access);

    public void LeaveSession()
    {
        // Windows has no hang-up signal. But children inherit every inheritable handle, and with this process's output pipe inherited by
        // ffmpeg the parent would never see its end.
        WindowsStandardStreams.KeepFromChildren();
    }

    public void EndService(IHostLifetime lifetime, int code)
    {
        if (lifetime is ServiceBase service)
            service.ExitCode = code;
    }

    public void MoveToNeutralFolder() => Environment.CurrentDirectory = Environment.SystemDirectory;

    /// <summary>Nothing to do: the launcher lists what this process gets, and this process what its children get.</summary>
    public void DropInherited(bool close, string? input)
    {
    }

    public Stream OpenStandardOutput() =>
        new FileStream(new SafeFileHandle(Kernel32.GetStdHandle(StandardOutput), ownsHandle: false), FileAccess.Write, bufferSize: 0);

    public void LetGoOfStandardInput() => WindowsStandardStreams.LetGo(0, 0);

    public void LetGoOfStandardStreams() => WindowsStandardStreams.LetGoOfAll();

    public IDisposable UseFineTimer() => new FineTimer();

    /// <summary>
    /// Windows sleeps in steps of 15.6 ms otherwise, half a frame at 30 a second. Windows 11 disregards the request of a process without a
    /// visible window unless it insists; before, it does not know how to.
    /// </summary>
    private sealed class FineTimer : IDisposable
    {
        private const uint Milliseconds = 1;

        public FineTimer()
        {
            PowerThrottling honoured =
                new() { Version = PowerThrottling.CurrentVersion, ControlMask = PowerThrottling.IgnoreTimerResolution };
            _ = Kernel32.SetProcessInformation(
                Kernel32.GetCurrentProcess(), PowerThrottling.Class, in honoured, (uint)Unsafe.SizeOf<PowerThrottling>());
            _ = WinMM.TimeBeginPeriod(Milliseconds);
        }

        public void Dispose() => _ = WinMM.TimeEndPeriod(Milliseconds);
    }
}

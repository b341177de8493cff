using System;
using System.IO;
using Microsoft.Extensions.Hosting;
using Microsoft.Win32.SafeHandles;
using WinMmf.Management.Platform.Linux;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform.Linux;

/// <inheritdoc/>
internal sealed class LinuxPublisherPlatform : IPublisherPlatform
{
    public bool HasPosixShell => true;

    public string? OwnFolder => Environment.GetFolderPath(
        Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path ? path : null;

    public long? FreeSharedMemory
    {
        get
        {
            try
            {
                return new DriveInfo(LinuxPlatform.SharedMemoryDirectory).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    public IControlEndpoint CreateControlEndpoint(AccessPolicy access, string? folder) => new LinuxControlEndpoint(folder!);

    /// <summary>The leader of a process group cannot; it only ignores the hang-up signal, which is sufficient.</summary>
    public void LeaveSession() => _ = Libc.CreateSession();

    /// <summary>Nothing to do: the exit code of the process says it.</summary>
    public void EndService(IHostLifetime lifetime, int code)
    {
    }

    public void MoveToNeutralFolder() => Environment.CurrentDirectory = "/";

    public void DropInherited(bool close, string? input) => InheritedDescriptors.Drop(close, input);

    public Stream OpenStandardOutput() => new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    public void LetGoOfStandardInput() => LinuxStandardStreams.LetGo(0, 0);

    public void LetGoOfStandardStreams() => LinuxStandardStreams.LetGoOfAll();

    /// <summary>Nothing to do: sleeping is exact here.</summary>
    public IDisposable? UseFineTimer() => null;
}

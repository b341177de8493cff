using System;
using System.ComponentModel;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Named pipes of this machine. The server gets no more than who we are (Identification); by default it could act as us. Who it is
/// says the owner of the pipe object: a process that stands behind a pipe may be one that was made to.
/// </summary>
internal sealed class WindowsControlPipes : IControlPipes
{
    private const uint OpenExisting = 3;
    private const uint Overlapped = 0x4000_0000;
    private const uint QualityOfService = 0x0010_0000;
    private const uint Identification = 0x0001_0000;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public bool IsValid(string endpoint) => WindowsPipeName.IsValid(endpoint);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(string endpoint, string ownerId, CancellationToken cancellationToken)
    {
        SafeKernelHandle handle = await OpenAsync(endpoint, cancellationToken).ConfigureAwait(false);
        try
        {
            string owner = WindowsObjectSecurity.ReadOwner(handle);
            if (owner.Length == 0 || owner != ownerId)
                throw WindowsError.ForeignPipe(endpoint, owner, ownerId);
            SafePipeHandle pipe = new(handle.DangerousGetHandle(), ownsHandle: true);
            handle.SetHandleAsInvalid();
            return new NamedPipeClientStream(PipeDirection.InOut, isAsync: true, isConnected: true, pipe);
        }
        finally
        {
            handle.Dispose();
        }
    }

    private static async Task<SafeKernelHandle> OpenAsync(string endpoint, CancellationToken cancellationToken)
    {
        const uint Access = WindowsRights.GenericRead | WindowsRights.GenericWrite;
        while (true)
        {
            SafeKernelHandle handle = Kernel32.CreateFileW(WindowsPipeName.PathOf(endpoint), Access, 0, IntPtr.Zero, OpenExisting,
                Overlapped | QualityOfService | Identification, IntPtr.Zero);
            int error = Marshal.GetLastWin32Error();
            if (!handle.IsInvalid)
                return handle;
            handle.Dispose();
            switch (error)
            {
                case Win32Error.ERROR_PIPE_BUSY:
                    await Task.Delay(BusyPause, cancellationToken).ConfigureAwait(false);
                    break;
                case Win32Error.ERROR_ACCESS_DENIED:
                    throw new UnauthorizedAccessException(new Win32Exception(error).Message);
                default:
                    throw new IOException($"{new Win32Exception(error).Message.TrimEnd('.', ' ')} (error {error}).");
            }
        }
    }
}

using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Control pipes as sockets in the folder of a channel or memory.</summary>
internal sealed class LinuxControlPipes : IControlPipes
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public bool IsValid(string endpoint) => LinuxControlSocket.IsValid(endpoint);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(string endpoint, string ownerId, CancellationToken cancellationToken)
    {
        while (true)
        {
            int error = LinuxControlSocket.TryConnect(endpoint, ownerId, out DescriptorHandle? connection);
            if (connection is not null)
                return Wrap(connection);
            switch (error)
            {
                case Errno.EAGAIN:
                    await Task.Delay(BusyPause, cancellationToken).ConfigureAwait(false);
                    break;
                case Errno.EACCES or Errno.EPERM:
                    throw new UnauthorizedAccessException(Libc.DescribeError(error));
                default:
                    throw new IOException(Libc.DescribeError(error));
            }
        }
    }

    private static NamedPipeClientStream Wrap(DescriptorHandle connection)
    {
        SafePipeHandle pipe = new(connection.DangerousGetHandle(), ownsHandle: true);
        connection.SetHandleAsInvalid();
        return new NamedPipeClientStream(PipeDirection.InOut, isAsync: true, isConnected: true, pipe);
    }
}

using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Control pipes as Unix sockets.</summary>
internal sealed class LinuxControlPipes : IControlPipes
{
    private const int LimitMilliseconds = 5000;

    /// <inheritdoc/>
    public bool IsValid(string endpoint) => Path.IsPathRooted(endpoint);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(string endpoint, string ownerId, CancellationToken cancellationToken)
    {
        NamedPipeClientStream pipe = new(".", endpoint, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(LimitMilliseconds, cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }
}

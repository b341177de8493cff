using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Platform.Linux;

namespace WinMmf.Publisher.Platform.Linux;

/// <summary>A socket in the folder of the channel or memory that this process owns (protocol 9.2).</summary>
internal sealed class LinuxControlEndpoint : IControlEndpoint
{
    private readonly LinuxControlSocket _socket;
    private readonly Socket _listener;

    /// <param name="folder">The folder.</param>
    /// <exception cref="WinMmf.Errors.WinMmfException">SystemError.</exception>
    public LinuxControlEndpoint(string folder)
    {
        _socket = LinuxControlSocket.Listen(folder);
        _listener = new Socket(new SafeSocketHandle(_socket.Descriptor.DangerousGetHandle(), ownsHandle: true));
        _socket.Descriptor.SetHandleAsInvalid();
    }

    public string Name => _socket.Endpoint;

    public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new NetworkStream(await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false), ownsSocket: true);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _listener.Dispose();
    }
}

using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A TCP connection's reading end.</summary>
internal sealed unsafe class TcpReceiver : IFrameReceiver
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameMemory _memory;

    public TcpReceiver(string name, int frameLength)
    {
        _memory = new FrameMemory(frameLength);
        _socket.Connect(IPAddress.Loopback, int.Parse(File.ReadAllText(TcpSender.PortFile(name)), CultureInfo.InvariantCulture));
    }

    public long PublishedAt => 0;

    public byte* WaitNext(bool spin)
    {
        System.Span<byte> left = _memory.Span;
        while (!left.IsEmpty)
        {
            int now = _socket.Receive(left);
            if (now == 0)
                throw new EndOfStreamException("The publisher closed the connection.");
            left = left[now..];
        }

        return _memory.Address;
    }

    public bool Release() => true;

    public void Dispose()
    {
        _socket.Dispose();
        _memory.Dispose();
    }
}

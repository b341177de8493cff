using System;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A TCP connection to each reader: the publisher sends each frame to all of them.</summary>
internal sealed unsafe class TcpSender : IFrameSender
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket[] _readers;
    private readonly string _portFile;

    public TcpSender(string name, int readers)
    {
        _readers = new Socket[readers];
        _listener.Start();
        _portFile = PortFile(name);
        File.WriteAllText(
            _portFile, ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public static string PortFile(string name) => Path.Combine(Path.GetTempPath(), name + ".port");

    public void Connect()
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            _readers[i] = _listener.AcceptSocket();
            _readers[i].NoDelay = true;
        }
    }

    public void Send(byte* frame, int length)
    {
        ReadOnlySpan<byte> bytes = new(frame, length);
        foreach (Socket reader in _readers)
        {
            ReadOnlySpan<byte> left = bytes;
            while (!left.IsEmpty)
                left = left[reader.Send(left)..];
        }
    }

    public void Dispose()
    {
        foreach (Socket? reader in _readers)
            reader?.Dispose();
        _listener.Dispose();
        File.Delete(_portFile);
    }
}

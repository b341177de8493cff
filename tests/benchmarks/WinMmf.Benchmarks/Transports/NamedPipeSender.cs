using System;
using System.IO.Pipes;
using System.Linq;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A named pipe for each reader: the publisher writes each frame to all of them.</summary>
internal sealed unsafe class NamedPipeSender : IFrameSender
{
    private readonly NamedPipeServerStream[] _pipes;

    public NamedPipeSender(string name, int readers) =>
        _pipes = Enumerable.Range(0, readers)
            .Select(
                _ => new NamedPipeServerStream(name, PipeDirection.Out, readers, PipeTransmissionMode.Byte, PipeOptions.None, 0, 1 << 20))
            .ToArray();

    public void Connect()
    {
        foreach (NamedPipeServerStream pipe in _pipes)
            pipe.WaitForConnection();
    }

    public void Send(byte* frame, int length)
    {
        ReadOnlySpan<byte> bytes = new(frame, length);
        foreach (NamedPipeServerStream pipe in _pipes)
            pipe.Write(bytes);
    }

    public void Dispose()
    {
        foreach (NamedPipeServerStream pipe in _pipes)
            pipe.Dispose();
    }
}

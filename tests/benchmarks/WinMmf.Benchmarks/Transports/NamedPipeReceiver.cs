using System.IO.Pipes;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A named pipe's reading end.</summary>
internal sealed unsafe class NamedPipeReceiver : IFrameReceiver
{
    private readonly NamedPipeClientStream _pipe;
    private readonly FrameMemory _memory;

    public NamedPipeReceiver(string name, int frameLength)
    {
        _memory = new FrameMemory(frameLength);
        _pipe = new NamedPipeClientStream(".", name, PipeDirection.In);
        _pipe.Connect();
    }

    public long PublishedAt => 0;

    public byte* WaitNext(bool spin)
    {
        _pipe.ReadExactly(_memory.Span);
        return _memory.Address;
    }

    public bool Release() => true;

    public void Dispose()
    {
        _pipe.Dispose();
        _memory.Dispose();
    }
}

using System;
using System.Runtime.InteropServices;

namespace WinMmf.Benchmarks.Transports;

/// <summary>Native memory for one frame, page-aligned and touched, so that no block pays for page faults.</summary>
internal sealed unsafe class FrameMemory : IDisposable
{
    private byte* _address;

    public FrameMemory(int length)
    {
        Length = length;
        _address = (byte*)NativeMemory.AlignedAlloc((nuint)length, 4096);
        Span.Fill(0x5A);
    }

    public int Length { get; }

    public byte* Address => _address;

    public Span<byte> Span => new(_address, Length);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }
}

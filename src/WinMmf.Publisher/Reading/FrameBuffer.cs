using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;

namespace WinMmf.Publisher.Reading;

/// <summary>Memory for one copied frame; grows with the frames and allocates only then.</summary>
internal sealed unsafe class FrameBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private void* _memory;

    /// <summary>Where to copy to; zero before the first <see cref="Grow"/>.</summary>
    public IntPtr Address => (IntPtr)_memory;

    /// <summary>Bytes there.</summary>
    public int Capacity { get; private set; }

    /// <summary>The frame in it.</summary>
    public FrameInfo Info { get; set; }

    /// <summary>True if it holds a frame.</summary>
    public bool HasFrame { get; set; }

    /// <summary>The payload in it.</summary>
    public ReadOnlySpan<byte> Payload => new(_memory, Info.Format.PayloadLength);

    /// <summary>Makes room and touches it, so that a copy causes no page fault; the old content is lost.</summary>
    public void Grow(int bytes)
    {
        Dispose();
        _memory = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(_memory, (nuint)bytes);
        Capacity = bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        Capacity = 0;
        HasFrame = false;
    }
}

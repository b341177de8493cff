using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;

namespace WinMmf.Viewer.Feeds;

/// <summary>A copy of one frame, in memory that is used again for the next.</summary>
internal sealed unsafe class FrameBuffer : IDisposable
{
    private void* _memory;
    private int _capacity;

    /// <summary>Where the copy is.</summary>
    public IntPtr Address => (IntPtr)_memory;

    /// <summary>Copies the newest frame, however large it is.</summary>
    /// <returns>Ok, NoFrame or Overrun.</returns>
    /// <exception cref="WinMmf.Errors.WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public FrameReadStatus CopyNewest(FrameReader reader, out FrameInfo info)
    {
        while (true)
        {
            FrameReadStatus status = reader.TryCopyNewest(Address, _capacity, out info);
            if (status != FrameReadStatus.BufferTooSmall)
                return status;
            _memory = NativeMemory.Realloc(_memory, (nuint)info.Format.PayloadLength);
            _capacity = info.Format.PayloadLength;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = 0;
    }
}

using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;

namespace WinMmf.Viewer.Feeds;

/// <summary>A copy of one frame, in memory that is used again for the next.</summary>
internal sealed unsafe class FrameBuffer : IDisposable
{
    private readonly FrameBudget? _given;
    private void* _memory;
    private int _capacity;
    private FrameBudget? _budget;
    private long _taken;

    /// <param name="budget">What it counts for; null: that of the channel's owner.</param>
    public FrameBuffer(FrameBudget? budget = null) => _given = budget;

    /// <summary>Where the copy is.</summary>
    public IntPtr Address => (IntPtr)_memory;

    /// <summary>Copies the newest frame, however large it is, if there is room for a picture of it.</summary>
    /// <param name="reader">The channel.</param>
    /// <param name="width">How wide the picture will be at most; 0: as the frame is.</param>
    /// <param name="info">What is known of the frame.</param>
    /// <returns>Ok, NoFrame or Overrun.</returns>
    /// <exception cref="WinMmf.Errors.WinMmfException">
    /// Truncated, CorruptHeader, AccessDenied; InvalidFormat, NotReady: it takes more memory than the viewer gives it.
    /// </exception>
    public FrameReadStatus CopyNewest(FrameReader reader, int width, out FrameInfo info)
    {
        Use(_given ?? FrameBudget.For(reader.OwnerId));

        // Before anything is copied: the number in the channel decides how much would be asked of the system.
        FrameReadStatus known = reader.TryPeek(out info);
        if (known != FrameReadStatus.Ok)
            return known;
        while (true)
        {
            Take(info, width);
            FrameReadStatus status = reader.TryCopyNewest(Address, _capacity, out info);
            if (status == FrameReadStatus.Ok)
                Take(info, width);
            if (status != FrameReadStatus.BufferTooSmall)
                return status;
            Take(info, width);
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
        _budget?.Give(_taken);
        _taken = 0;
    }

    private void Use(FrameBudget budget)
    {
        if (budget == _budget)
            return;
        Dispose();
        _budget = budget;
    }

    /// <summary>Never less than before: the buffers keep their size.</summary>
    private void Take(in FrameInfo info, int width)
    {
        long need = Math.Max(FrameBudget.NeedOf(info.Format, width), _taken);
        _budget!.Take(_taken, need, info.Format);
        _taken = need;
    }
}

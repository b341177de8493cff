using System;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Diagnostics;
using WinMmf.Frames;
using WinMmf.Memory;

namespace WinMmf.PowerShell;

/// <summary>
/// A frame used in place for the time of one script block. Afterwards its facts stay, its bytes are gone: reading them
/// then is an error, never a fault of memory.
/// </summary>
public sealed class SharedFrameLease : ISharedFrame
{
    // Held while bytes are read, so that a block's own threads cannot read what is just being given back.
    private readonly object _lock = new();
    private readonly FrameLease _lease;
    private readonly GCHandle _copy;
    private readonly FrameFormat _format;
    private bool _intact = true;

    internal SharedFrameLease(SharedName name, FrameLease lease)
        : this(name, lease.Info)
    {
        _lease = lease;
        IsInPlace = true;
        Address = lease.Address;
    }

    internal SharedFrameLease(in StreamedFrame copy)
        : this(copy.Name, copy.Info)
    {
        _copy = GCHandle.Alloc(copy.Data, GCHandleType.Pinned);
        Address = _copy.AddrOfPinnedObject();
    }

    private SharedFrameLease(SharedName name, in FrameInfo info)
    {
        Name = name.Name;
        Scope = name.Scope;
        FrameNumber = info.FrameNumber;
        _format = info.Format;
        FrameTimes times = new(info);
        CapturedAt = times.CapturedAt;
        PublishedAt = times.PublishedAt;
        Age = info.Age;
        Flags = info.Flags;
        Epoch = info.Epoch;
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public NameScope Scope { get; }

    /// <summary>1, 2, 3 … over the channel's whole life.</summary>
    public long FrameNumber { get; }

    /// <summary>Pixels a row.</summary>
    public int Width => _format.Width;

    /// <summary>Rows.</summary>
    public int Height => _format.Height;

    /// <summary>Bytes from one row of the first plane to the next; 0 for compressed frames.</summary>
    public int Stride => _format.Stride;

    /// <summary>How pixels lie in the data.</summary>
    public PixelFormat PixelFormat => _format.PixelFormat;

    /// <summary>Bytes of the payload.</summary>
    public int Length => _format.PayloadLength;

    /// <summary>
    /// Where the payload lies in this process, for native code; read-only, and valid until <see cref="IsReleased"/>:
    /// writing there, or reading later, ends the process.
    /// </summary>
    public IntPtr Address { get; private set; }

    /// <summary>When the picture was taken (UTC).</summary>
    public DateTimeOffset CapturedAt { get; }

    /// <summary>When the frame became readable (UTC).</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>Time from publication to this lease.</summary>
    public TimeSpan Age { get; }

    /// <summary>What is special about the frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>How many publishers the channel had up to this frame.</summary>
    public long Epoch { get; }

    /// <summary>False if the frame had to be copied, because this account may not lease or too many others do.</summary>
    public bool IsInPlace { get; }

    /// <summary>True once the frame was given back.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>True while the frame is as it was published; once given back, whether it stayed so all the time.</summary>
    public bool IsIntact
    {
        get
        {
            lock (_lock)
                return IsReleased ? _intact : !IsInPlace || _lease.IsIntact;
        }
    }

    /// <summary>One byte of the payload.</summary>
    /// <param name="offset">Where, from 0.</param>
    /// <exception cref="ObjectDisposedException">The frame was given back.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not within the payload.</exception>
    public byte GetByte(int offset)
    {
        lock (_lock)
            return Marshal.ReadByte(Check(offset, 1), offset);
    }

    /// <summary>Copies the payload.</summary>
    /// <exception cref="ObjectDisposedException">The frame was given back.</exception>
    public byte[] ToArray() => ToArray(0, Length);

    /// <summary>Copies a part of the payload.</summary>
    /// <param name="offset">Where it begins, from 0.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="ObjectDisposedException">The frame was given back.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not within the payload.</exception>
    public byte[] ToArray(int offset, int count)
    {
        lock (_lock)
        {
            IntPtr address = Check(offset, count);
            byte[] bytes = new byte[count];
            Marshal.Copy(IntPtr.Add(address, offset), bytes, 0, count);
            return bytes;
        }
    }

    /// <summary>Writes the payload into a stream without a copy of the whole of it.</summary>
    /// <param name="destination">Where to.</param>
    /// <exception cref="ObjectDisposedException">The frame was given back.</exception>
    public void CopyTo(Stream destination)
    {
        if (destination is null)
            throw new ArgumentNullException(nameof(destination));
        byte[] part = new byte[Math.Min(Length, 65_536)];
        lock (_lock)
        {
            IntPtr address = Check(0, Length);
            for (int offset = 0; offset < Length; offset += part.Length)
            {
                int count = Math.Min(part.Length, Length - offset);
                Marshal.Copy(IntPtr.Add(address, offset), part, 0, count);
                destination.Write(part, 0, count);
            }
        }
    }

    /// <inheritdoc/>
    void ISharedFrame.Use(Action<FrameFormat, IntPtr> work)
    {
        lock (_lock)
            work(_format, Check(0, Length));
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Scope}\\{Name} #{FrameNumber} {_format}{(IsReleased ? ", given back" : "")}";

    /// <summary>Gives the frame back. True if it stayed as it was published all the time.</summary>
    internal bool Release()
    {
        lock (_lock)
        {
            if (IsReleased)
                return _intact;
            IsReleased = true;
            Address = IntPtr.Zero;
            if (IsInPlace)
                _intact = _lease.End();
            else
                _copy.Free();
            return _intact;
        }
    }

    private IntPtr Check(int offset, int count)
    {
        if (IsReleased)
            throw new ObjectDisposedException(nameof(SharedFrameLease), "The frame was given back when the script block of Use-SharedFrame ended. Copy what you need within it, for example with ToArray().");
        if (offset < 0 || count < 0 || offset > Length - count)
            throw new ArgumentOutOfRangeException(nameof(offset), $"{count} bytes from {offset} on are not within the frame's {Length} bytes.");
        return Address;
    }
}

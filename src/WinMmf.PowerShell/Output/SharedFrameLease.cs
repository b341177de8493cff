using System;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.PowerShell.Output;

/// <summary>
/// A frame used in place for the time of one script block. Afterwards its facts stay, its bytes are gone: reading them
/// then is an error, never a fault of memory.
/// </summary>
public sealed class SharedFrameLease : SharedFrameFacts, ISharedFrame
{
    // Held while bytes are read, so that threads of the script block cannot read a frame that is being released.
    private readonly object _lock = new();
    private readonly FrameLease _lease;
    private readonly GCHandle _copy;
    private bool _intact = true;

    internal SharedFrameLease(SharedName name, FrameLease lease)
        : base(name, lease.Info)
    {
        _lease = lease;
        IsInPlace = true;
        Address = lease.Address;
    }

    internal SharedFrameLease(in StreamedFrame copy)
        : base(copy.Name, copy.Info)
    {
        _copy = GCHandle.Alloc(copy.Data, GCHandleType.Pinned);
        Address = _copy.AddrOfPinnedObject();
    }

    /// <summary>
    /// The address of the payload in this process, for native code; read-only, and valid until <see cref="IsReleased"/>: writing there, or
    /// reading later, ends the process.
    /// </summary>
    internal IntPtr Address { get; private set; }

    /// <summary>False if the frame had to be copied, because this account may not lease or too many frames are leased.</summary>
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

    /// <summary>InPlace, Copied, GivenBack, or Overwritten if the frame did not stay as it was.</summary>
    public string State => !IsIntact ? "Overwritten" : IsReleased ? "GivenBack" : IsInPlace ? "InPlace" : "Copied";

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
            work(Layout, Check(0, Length));
    }

    /// <summary>Text for display.</summary>
    public override string ToString() => $"{Scope}\\{Name} #{FrameNumber} {Format}{(IsReleased ? ", given back" : "")}";

    /// <summary>Returns the frame. True if it was not overwritten during the lease.</summary>
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
            throw new ObjectDisposedException(nameof(SharedFrameLease),
                "The frame was given back when the script block of Use-SharedFrame ended. Copy what you need within it, for example with "
                    + "ToArray().");
        if (offset < 0 || count < 0 || offset > Length - count)
            throw new ArgumentOutOfRangeException(
                nameof(offset), $"{count} bytes from {offset} on are not within the frame's {Length} bytes.");
        return Address;
    }
}

using System;
using WinMmf.Frames;

namespace WinMmf.Mono.Missing;

/// <summary>The overloads with spans that the core has for newer .NET only, made of those with addresses.</summary>
internal static unsafe class FrameMembers
{
    extension(FrameSlot slot)
    {
        public Span<byte> Span => new((void*)slot.Address, slot.Length);
    }

    extension(FrameLease lease)
    {
        public ReadOnlySpan<byte> Span => new((void*)lease.Address, lease.Length);
    }

    extension(FrameReader reader)
    {
        public FrameReadStatus TryCopyNewest(byte[] destination, out FrameInfo info)
        {
            fixed (byte* to = destination)
                return reader.TryCopyNewest((IntPtr)to, destination.Length, out info);
        }

        public FrameReadStatus TryCopyAfter(long frameNumber, byte[] destination, out FrameInfo info)
        {
            fixed (byte* to = destination)
                return reader.TryCopyAfter(frameNumber, (IntPtr)to, destination.Length, out info);
        }
    }

    extension(FrameWriter writer)
    {
        public long PublishCopy(in FrameFormat format, byte[] payload)
        {
            fixed (byte* from = payload)
                return writer.PublishCopy(format, (IntPtr)from);
        }
    }
}

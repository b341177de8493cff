using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;

namespace WinMmf.Soak;

/// <summary>A payload of which every 8 bytes depend on the frame number, so that a mixture of two frames shows.</summary>
internal static class Pattern
{
    public static readonly FrameFormat Format = FrameFormat.Packed(320, 200, PixelFormat.Gray8);

    public static void Fill(Span<byte> payload, long frameNumber)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(payload);
        for (int i = 0; i < words.Length; i++)
            words[i] = Word(frameNumber, i);
    }

    public static bool IsWhole(ReadOnlySpan<byte> payload, long frameNumber)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(payload);
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != Word(frameNumber, i))
                return false;
        }

        return true;
    }

    private static ulong Word(long frameNumber, int index) => ((ulong)frameNumber * 0x9E37_79B9_7F4A_7C15) + (ulong)index;
}

using System;
using System.IO;
using WinMmf.Frames;

namespace WinMmf.Publisher.Reading;

/// <summary>How frames follow one another in a file or a pipe, for programs that know nothing of WinMmf.</summary>
internal abstract class FrameForm
{
    /// <summary>Says in a sentence how another program reads it.</summary>
    /// <param name="format">The frames' format.</param>
    /// <param name="rate">Nominal frames a second; 0 if unknown.</param>
    /// <exception cref="WinMmf.Errors.WinMmfException">InvalidFormat: these frames cannot be written so.</exception>
    public abstract string Describe(in FrameFormat format, double rate);

    /// <summary>Writes what comes before the first frame.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">The frames' format, which stays.</param>
    /// <param name="rate">Nominal frames a second; 0 if unknown.</param>
    public abstract void WriteHead(Stream output, in FrameFormat format, double rate);

    /// <summary>Writes one frame.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">Its format.</param>
    /// <param name="payload">Its payload.</param>
    public abstract void Write(Stream output, in FrameFormat format, ReadOnlySpan<byte> payload);

    /// <summary>Copies the rows of a plane without what lies between them.</summary>
    /// <returns>How many bytes were copied.</returns>
    protected static int Pack(ReadOnlySpan<byte> plane, int stride, int width, int rows, Span<byte> to)
    {
        for (int y = 0; y < rows; y++)
            plane.Slice(y * stride, width).CopyTo(to[(y * width)..]);
        return width * rows;
    }
}

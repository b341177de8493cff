using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace WinMmf.Capture;

/// <summary>
/// One end of the two pipes between the publisher and its OpenCV process. A message is a mark of 8 bytes, kind and text length (u32), four
/// numbers (i64, i32, i32, i32), and the text. The mark is searched for, because native libraries print to standard output when they
/// please.
/// Messages without text allocate nothing.
/// </summary>
internal sealed class OpenCvLink
{
    private const int HeaderBytes = 36;
    private const int MostText = 1 << 20;
    private readonly Reading _read;
    private readonly Stream _output;
    private readonly byte[] _in = new byte[HeaderBytes];
    private readonly byte[] _out = new byte[HeaderBytes];

    /// <summary>Makes an end.</summary>
    /// <param name="read">Reads what the other side writes.</param>
    /// <param name="output">The pipe to the other side.</param>
    public OpenCvLink(Reading read, Stream output)
    {
        _read = read;
        _output = output;
        Mark.CopyTo(_out);
    }

    /// <summary>Reads at least one byte; 0 at the end.</summary>
    public delegate int Reading(Span<byte> buffer);

    /// <summary>What came last.</summary>
    public OpenCvMessageKind Kind { get; private set; }

    /// <summary>Its first number.</summary>
    public long A { get; private set; }

    /// <summary>Its second number.</summary>
    public int B { get; private set; }

    /// <summary>Its third number.</summary>
    public int C { get; private set; }

    /// <summary>Its fourth number.</summary>
    public int D { get; private set; }

    /// <summary>Its text.</summary>
    public string Text { get; private set; } = "";

    private static ReadOnlySpan<byte> Mark => "\u0001WinMmf\n"u8;

    /// <summary>Waits for the next message.</summary>
    /// <returns>Its kind; None where the other side has ended.</returns>
    public OpenCvMessageKind Receive()
    {
        Kind = OpenCvMessageKind.None;
        Text = "";
        int have = 0;
        while (true)
        {
            if (!ReadUpTo(_in.AsSpan(have)))
                return Kind;
            int noise = _in.AsSpan().IndexOf(Mark);
            if (noise == 0)
                break;

            // What is left may be the beginning of a mark.
            int skip = noise > 0 ? noise : HeaderBytes - Mark.Length + 1;
            have = HeaderBytes - skip;
            _in.AsSpan(skip).CopyTo(_in);
        }

        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(_in.AsSpan(8));
        int length = (int)Math.Min(MostText, BinaryPrimitives.ReadUInt32LittleEndian(_in.AsSpan(12)));
        A = BinaryPrimitives.ReadInt64LittleEndian(_in.AsSpan(16));
        B = BinaryPrimitives.ReadInt32LittleEndian(_in.AsSpan(24));
        C = BinaryPrimitives.ReadInt32LittleEndian(_in.AsSpan(28));
        D = BinaryPrimitives.ReadInt32LittleEndian(_in.AsSpan(32));
        if (length > 0)
        {
            byte[] text = new byte[length];
            if (!ReadUpTo(text))
                return Kind;
            Text = Encoding.UTF8.GetString(text);
        }

        return Kind = (OpenCvMessageKind)kind;
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="IOException">The other side has ended.</exception>
    public void Send(OpenCvMessageKind kind, long a = 0, int b = 0, int c = 0, int d = 0, string text = "")
    {
        byte[] bytes = text.Length == 0 ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteUInt32LittleEndian(_out.AsSpan(8), (uint)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(_out.AsSpan(12), (uint)bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_out.AsSpan(16), a);
        BinaryPrimitives.WriteInt32LittleEndian(_out.AsSpan(24), b);
        BinaryPrimitives.WriteInt32LittleEndian(_out.AsSpan(28), c);
        BinaryPrimitives.WriteInt32LittleEndian(_out.AsSpan(32), d);
        _output.Write(_out);
        if (bytes.Length > 0)
            _output.Write(bytes);
        _output.Flush();
    }

    private bool ReadUpTo(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int read = _read(buffer);
            if (read <= 0)
                return false;
            buffer = buffer[read..];
        }

        return true;
    }
}

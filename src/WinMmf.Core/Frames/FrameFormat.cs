using System;
using WinMmf.Errors;

namespace WinMmf.Frames;

/// <summary>Size and pixel layout of a frame. Stride and payload length are in bytes, width and height in pixels.</summary>
public readonly struct FrameFormat : IEquatable<FrameFormat>
{
    /// <summary>The largest width and height.</summary>
    public const int MaxDimension = 65_535;

    /// <summary>The largest payload, bytes.</summary>
    public const int MaxPayload = int.MaxValue - 65_535;

    private FrameFormat(int width, int height, int stride, PixelFormat pixelFormat, int payloadLength)
    {
        Width = width;
        Height = height;
        Stride = stride;
        PixelFormat = pixelFormat;
        PayloadLength = payloadLength;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row of the first plane to the next; 0 for <see cref="PixelFormat.Mjpg"/>.</summary>
    public int Stride { get; }

    /// <summary>How pixels lie in the payload.</summary>
    public PixelFormat PixelFormat { get; }

    /// <summary>Bytes of the payload (for <see cref="PixelFormat.Mjpg"/>: of this picture, or the most that is allowed for).</summary>
    public int PayloadLength { get; }

    /// <summary>An uncompressed format with packed rows.</summary>
    /// <param name="width">1–65,535 pixels; even for Yuy2, Nv12 and I420.</param>
    /// <param name="height">1–65,535 pixels; even for Nv12 and I420.</param>
    /// <param name="pixelFormat">Any but Mjpg.</param>
    /// <exception cref="WinMmfException"><see cref="WinMmfErrorId.InvalidFormat"/>.</exception>
    public static FrameFormat Packed(int width, int height, PixelFormat pixelFormat) =>
        Checked(width, height, (int)Math.Min(int.MaxValue, PackedStride(width, pixelFormat)), pixelFormat, null);

    /// <summary>An uncompressed format with a stride of its own.</summary>
    /// <param name="width">1–65,535 pixels.</param>
    /// <param name="height">1–65,535 pixels.</param>
    /// <param name="stride">Bytes a row of the first plane; at least that of the packed format.</param>
    /// <param name="pixelFormat">Any but Mjpg.</param>
    /// <exception cref="WinMmfException"><see cref="WinMmfErrorId.InvalidFormat"/>.</exception>
    public static FrameFormat WithStride(int width, int height, int stride, PixelFormat pixelFormat) =>
        Checked(width, height, stride, pixelFormat, null);

    /// <summary>A compressed picture.</summary>
    /// <param name="width">1–65,535 pixels.</param>
    /// <param name="height">1–65,535 pixels.</param>
    /// <param name="payloadLength">Bytes of this picture.</param>
    /// <exception cref="WinMmfException"><see cref="WinMmfErrorId.InvalidFormat"/>.</exception>
    public static FrameFormat Jpeg(int width, int height, int payloadLength) =>
        Checked(width, height, 0, PixelFormat.Mjpg, payloadLength);

    /// <summary>Says what is impossible about a format, null if nothing is. Allocates nothing for a possible one.</summary>
    internal static string? FindFault(long width, long height, long stride, PixelFormat pixelFormat, long payloadLength)
    {
        if (width is < 1 or > MaxDimension || height is < 1 or > MaxDimension)
            return $"A frame of {width}×{height} pixels is impossible. Width and height are 1 to {MaxDimension}.";
        if (payloadLength is < 1 or > MaxPayload)
            return $"A payload of {payloadLength} bytes is impossible. It is 1 to {MaxPayload} bytes.";
        if (pixelFormat == PixelFormat.Mjpg)
            return stride == 0 ? null : "A compressed frame has no stride: it is 0.";

        long least = PackedStride(width, pixelFormat);
        if (least == 0)
            return $"Pixel format 0x{(uint)pixelFormat:X8} is unknown; known are Bgr24, Bgra32, Gray8, Yuy2, Nv12, I420 and Mjpg.";
        if (stride < least)
            return $"A stride of {stride} bytes is too short for {width} pixels of {pixelFormat}, which need {least}.";
        bool evenWidth = pixelFormat is PixelFormat.Yuy2 or PixelFormat.Nv12 or PixelFormat.I420;
        bool evenHeight = pixelFormat is PixelFormat.Nv12 or PixelFormat.I420;
        if ((evenWidth && (width & 1) != 0) || (evenHeight && (height & 1) != 0) || (pixelFormat == PixelFormat.I420 && (stride & 1) != 0))
            return $"{pixelFormat} needs an even width{(evenHeight ? " and height" : "")}; {width}×{height} has not.";
        return payloadLength == PlanarLength(height, stride, pixelFormat)
            ? null
            : $"A payload of {payloadLength} bytes does not fit {width}×{height} {pixelFormat} with a stride of {stride} bytes.";
    }

    /// <summary>A format from numbers that <see cref="FindFault"/> found possible.</summary>
    internal static FrameFormat FromChecked(int width, int height, int stride, PixelFormat pixelFormat, int payloadLength) =>
        new(width, height, stride, pixelFormat, payloadLength);

    private static FrameFormat Checked(int width, int height, int stride, PixelFormat pixelFormat, int? payloadLength)
    {
        long length = payloadLength ?? PlanarLength(height, stride, pixelFormat);
        string? fault = FindFault(width, height, stride, pixelFormat, length);
        return fault is null
            ? new FrameFormat(width, height, stride, pixelFormat, (int)length)
            : throw new WinMmfException(WinMmfErrorId.InvalidFormat, fault);
    }

    private static long PackedStride(long width, PixelFormat pixelFormat) => pixelFormat switch
    {
        PixelFormat.Bgr24 => width * 3,
        PixelFormat.Bgra32 => width * 4,
        PixelFormat.Yuy2 => width * 2,
        PixelFormat.Gray8 or PixelFormat.Nv12 or PixelFormat.I420 => width,
        _ => 0,
    };

    private static long PlanarLength(long height, long stride, PixelFormat pixelFormat) =>
        pixelFormat is PixelFormat.Nv12 or PixelFormat.I420 ? stride * height * 3 / 2 : stride * height;

    /// <inheritdoc/>
    public bool Equals(FrameFormat other) => Width == other.Width && Height == other.Height && Stride == other.Stride
        && PixelFormat == other.PixelFormat && PayloadLength == other.PayloadLength;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameFormat other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((((Width * 397) ^ Height) * 397) ^ (int)PixelFormat ^ PayloadLength);

    /// <summary>True if both describe the same layout.</summary>
    public static bool operator ==(FrameFormat left, FrameFormat right) => left.Equals(right);

    /// <summary>True if they describe different layouts.</summary>
    public static bool operator !=(FrameFormat left, FrameFormat right) => !left.Equals(right);

    /// <summary>For people: <c>1920x1080 Bgr24</c>.</summary>
    public override string ToString() => $"{Width}x{Height} {PixelFormat}";
}

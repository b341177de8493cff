namespace WinMmf.Frames;

/// <summary>The layout of pixels in a payload; the value is the FourCC of protocol 13.</summary>
public enum PixelFormat : uint
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>B, G, R bytes; rows top down.</summary>
    Bgr24 = 'B' | ('G' << 8) | ('R' << 16) | ((uint)'3' << 24),

    /// <summary>B, G, R, A bytes.</summary>
    Bgra32 = 'B' | ('G' << 8) | ('R' << 16) | ((uint)'4' << 24),

    /// <summary>One byte of luma a pixel.</summary>
    Gray8 = 'G' | ('R' << 8) | ('E' << 16) | ((uint)'Y' << 24),

    /// <summary>4:2:2 packed: Y0 U Y1 V; even width.</summary>
    Yuy2 = 'Y' | ('U' << 8) | ('Y' << 16) | ((uint)'2' << 24),

    /// <summary>4:2:0: a Y plane, then interleaved U and V; even width and height.</summary>
    Nv12 = 'N' | ('V' << 8) | ('1' << 16) | ((uint)'2' << 24),

    /// <summary>4:2:0: a Y plane, a U plane, a V plane; even width, height and stride.</summary>
    I420 = 'I' | ('4' << 8) | ('2' << 16) | ((uint)'0' << 24),

    /// <summary>One JPEG picture, as long as it is.</summary>
    Mjpg = 'M' | ('J' << 8) | ('P' << 16) | ((uint)'G' << 24),
}

namespace WinMmf.Management.Imaging;

/// <summary>Kinds of files that frames are saved as.</summary>
public enum FrameFileType
{
    /// <summary>As the file's extension says; without one PNG, or JPEG for frames that are JPEG already.</summary>
    Auto = 0,

    /// <summary>PNG: without loss, packed.</summary>
    Png,

    /// <summary>BMP: 24 bits a pixel, not packed, quick to write.</summary>
    Bmp,

    /// <summary>JPEG: a compressed frame as it is; any other is encoded, with some loss.</summary>
    Jpeg,

    /// <summary>The payload's bytes and nothing else.</summary>
    Raw,
}

namespace WinMmf.Management.Imaging;

/// <summary>How a frame is saved.</summary>
internal sealed class FrameFileOptions
{
    /// <summary>The kind of file.</summary>
    public FrameFileType Type { get; set; }

    /// <summary>Never replace a file: one that exists is an error.</summary>
    public bool NoClobber { get; set; }

    /// <summary>Replace a file even if it is read-only.</summary>
    public bool Force { get; set; }

    /// <summary>Make the file's folder if it does not exist.</summary>
    public bool CreateFolder { get; set; }
}

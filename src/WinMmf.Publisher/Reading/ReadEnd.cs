namespace WinMmf.Publisher.Reading;

/// <summary>Why reading ended in good order.</summary>
internal enum ReadEnd
{
    /// <summary>As many frames as asked for.</summary>
    Frames,

    /// <summary>As long as asked for.</summary>
    Duration,

    /// <summary>The publisher ended and its last frame was read.</summary>
    PublisherStopped,

    /// <summary>The program that read the output has closed it.</summary>
    OutputClosed,

    /// <summary>The frames have another size or pixel format, and who reads what is written was told the old one.</summary>
    FormatChanged,

    /// <summary>Ctrl+C, SIGTERM.</summary>
    Interrupted,
}

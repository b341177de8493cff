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

    /// <summary>Ctrl+C, SIGTERM.</summary>
    Interrupted,
}

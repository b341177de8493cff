namespace WinMmf.Publisher.Publishing;

/// <summary>Why publishing ended in good order.</summary>
internal enum EndReason
{
    /// <summary>The source came to its end.</summary>
    SourceEnded,

    /// <summary>As many frames as asked for.</summary>
    Frames,

    /// <summary>As long as asked for.</summary>
    Duration,

    /// <summary>Ctrl+C, SIGTERM, shutdown.</summary>
    Signal,

    /// <summary>The control pipe's STOP.</summary>
    Stop,
}

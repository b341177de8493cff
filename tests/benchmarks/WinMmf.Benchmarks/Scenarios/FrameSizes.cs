namespace WinMmf.Benchmarks.Scenarios;

/// <summary>Bytes of the frames that are measured.</summary>
internal static class FrameSizes
{
    /// <summary>A small grey picture, 256 × 256.</summary>
    public const int Small = 65_536;

    /// <summary>1920 × 1080 in BGR24.</summary>
    public const int FullHd = 1920 * 1080 * 3;

    /// <summary>3840 × 2160 in BGR24.</summary>
    public const int UltraHd = 3840 * 2160 * 3;
}

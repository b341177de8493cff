namespace WinMmf.Management.Platform;

/// <summary>The memory of a typical channel, to compare free memory with.</summary>
internal static class ChannelNeed
{
    /// <summary>Bytes of a 1920×1080 Bgr24 channel with four slots.</summary>
    public const ulong FullHd = 4UL * 1920 * 1080 * 3;

    private const ulong Mebibyte = 1024 * 1024;

    /// <summary>The comparison as a sentence.</summary>
    public static string Compare(ulong free) => $"{free / Mebibyte} MiB are free; a 1920x1080 Bgr24 channel takes {FullHd / Mebibyte} MiB.";
}

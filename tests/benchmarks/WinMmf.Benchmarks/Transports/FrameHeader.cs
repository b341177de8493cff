namespace WinMmf.Benchmarks.Transports;

/// <summary>
/// What every frame of a benchmark carries whatever brings it: its number at the beginning and again at the end, so that a
/// torn frame is seen, and when the publisher began to hand it over.
/// </summary>
internal static unsafe class FrameHeader
{
    /// <summary>The smallest frame that has room for it.</summary>
    public const int LeastLength = 64;

    /// <summary>Written instead of a time into the frame that ends a block.</summary>
    public const long EndOfBlock = -1;

    public static void Write(byte* frame, int length, long number, long sentAt)
    {
        ((long*)frame)[0] = number;
        ((long*)frame)[1] = sentAt;
        *(long*)(frame + length - sizeof(long)) = number;
    }

    public static long Number(byte* frame) => ((long*)frame)[0];

    public static long SentAt(byte* frame) => ((long*)frame)[1];

    public static bool IsTorn(byte* frame, int length) => *(long*)(frame + length - sizeof(long)) != Number(frame);
}

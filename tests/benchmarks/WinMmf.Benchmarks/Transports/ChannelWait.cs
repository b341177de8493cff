using System.Threading;
using WinMmf.Frames;

namespace WinMmf.Benchmarks.Transports;

/// <summary>The two ways to wait for a channel's next frame.</summary>
internal static class ChannelWait
{
    public static void Newer(FrameReader reader, long than, bool spin)
    {
        if (!spin)
        {
            reader.Wait(than, Timeout.InfiniteTimeSpan);
            return;
        }

        while (reader.TryPeek(out FrameInfo info) != FrameReadStatus.Ok || info.FrameNumber <= than)
            Thread.SpinWait(1);
    }
}

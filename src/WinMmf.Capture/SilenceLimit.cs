using System;
using WinMmf.Management.Launching;

namespace WinMmf.Capture;

/// <summary>How long a source may give nothing before it counts as failed.</summary>
internal static class SilenceLimit
{
    private const double Frames = 3;
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(PublishLimits.LiveStallTimeoutSec);
    private static readonly TimeSpan File = TimeSpan.FromSeconds(PublishLimits.FileStallTimeoutSec);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The limit.</summary>
    /// <param name="asked">What the user asked for; null: by what the source is.</param>
    /// <param name="isLive">True for a device or an address.</param>
    /// <param name="frameRate">Frames a second by the source; 0 if it does not say. A slow one gets the time of a few frames.</param>
    public static TimeSpan For(TimeSpan? asked, bool isLive, double frameRate)
    {
        if (asked is TimeSpan limit)
            return limit;
        TimeSpan usual = isLive ? Live : File;
        TimeSpan slow = frameRate > 0 ? TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Frames / frameRate)) : TimeSpan.Zero;
        return slow > usual ? slow : usual;
    }
}

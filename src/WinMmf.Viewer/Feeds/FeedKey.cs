using WinMmf.Names;

namespace WinMmf.Viewer.Feeds;

/// <summary>Which pictures a feed makes.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Scope">Where it is; null: Local, then Global.</param>
/// <param name="Width">At most this many pixels wide; 0: as the frames are.</param>
internal readonly record struct FeedKey(string Name, NameScope? Scope, int Width)
{
    private static readonly int[] Widths = [160, 320, 640, 1280];

    /// <summary>The least width of a short list that is not less than what is asked for, so that clients share feeds.</summary>
    /// <returns>The width; 0: as the frames are.</returns>
    public static int RoundWidth(long wanted)
    {
        foreach (int width in Widths)
        {
            if (wanted > 0 && wanted <= width)
                return width;
        }

        return 0;
    }
}

using System.Threading;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Viewer.Feeds;

/// <summary>
/// How much memory the pictures of all clients may take together. A channel says how large its frames are, and any account can make
/// channels: theirs have a budget of their own, so that they take no picture from the channels of this account and of administrators.
/// </summary>
internal sealed class FrameBudget
{
    /// <summary>Bytes for the channels of other accounts: enough for one of 8K.</summary>
    public const long ForForeign = 256L << 20;

    /// <summary>Bytes for one's own.</summary>
    public const long ForOwn = 1024L << 20;

    private const int BytesOfPixel = 4;

    private readonly Lock _gate = new();
    private readonly long _limit;
    private long _taken;

    /// <param name="limit">Bytes in all.</param>
    public FrameBudget(long limit) => _limit = limit;

    /// <summary>The budget of this account's and administrators' channels.</summary>
    public static FrameBudget Own { get; } = new(ForOwn);

    /// <summary>The budget of all others.</summary>
    public static FrameBudget Foreign { get; } = new(ForForeign);

    /// <summary>Bytes taken now.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
                return _taken;
        }
    }

    /// <summary>The budget that a channel counts for.</summary>
    /// <param name="ownerId">Whose it is.</param>
    public static FrameBudget For(string ownerId) => OwnerTrust.IsTrusted(ownerId) ? Own : Foreign;

    /// <summary>Bytes that it takes to make a picture of a frame: the copy, and what is encoded from it.</summary>
    /// <param name="format">The frame's format.</param>
    /// <param name="width">At most so many pixels wide; 0: as it is.</param>
    public static long NeedOf(in FrameFormat format, int width)
    {
        long copy = format.PayloadLength;
        if (format.PixelFormat == PixelFormat.Mjpg)
            return 3 * copy;
        long across = width > 0 && width < format.Width ? width : format.Width;
        return copy + ((BytesOfPixel + 1) * across * (format.Height * across / format.Width + 1));
    }

    /// <summary>Takes more, or less, than before.</summary>
    /// <param name="before">What is taken already.</param>
    /// <param name="bytes">What is to be taken in its place.</param>
    /// <param name="format">For the error.</param>
    /// <exception cref="WinMmfException">InvalidFormat: it could never be had. NotReady: not now.</exception>
    public void Take(long before, long bytes, in FrameFormat format)
    {
        if (bytes > _limit)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat,
                $"A picture of {format} takes {InMebibytes(bytes)} MiB, and the viewer gives this channel at most {InMebibytes(_limit)}. "
                    + "Ask for a smaller one with ?width=, or read the channel with Get-SharedFrame.",
                new ErrorFacts { Needed = bytes, Limit = _limit });
        }

        lock (_gate)
        {
            if (_taken - before + bytes > _limit)
            {
                throw new WinMmfException(
                    WinMmfErrorId.NotReady,
                    $"The pictures that are shown now take {InMebibytes(_taken)} of {InMebibytes(_limit)} MiB. Close some of them.",
                    new ErrorFacts { Needed = bytes, Available = _limit - _taken, Limit = _limit });
            }

            _taken += bytes - before;
        }
    }

    /// <summary>Gives back.</summary>
    public void Give(long bytes)
    {
        lock (_gate)
            _taken -= bytes;
    }

    private static long InMebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}

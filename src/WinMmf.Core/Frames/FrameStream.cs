using System;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>
/// Follows a channel frame after frame: through restarts of its publisher, through changes of size, and to a channel
/// that was made anew under the name. Not thread-safe.
/// </summary>
public sealed partial class FrameStream : IDisposable
{
    private const int LongestPauseMilliseconds = 100;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private readonly IPlatform _platform;
    private readonly FrameStreamOptions _options;
    private ReaderCounters _before;
    private long _lastNumber;

    private FrameStream(IPlatform platform, FrameStreamOptions options, FrameReader reader)
    {
        _platform = platform;
        _options = options;
        Reader = reader;
        _lastNumber = options.After;
    }

    /// <summary>Name and scope of the channel.</summary>
    public SharedName Name => Reader.Name;

    /// <summary>
    /// The account that the channel belongs to, as the kernel says: a SID on Windows, a uid on Linux. A channel of another account under
    /// the same name is not followed.
    /// </summary>
    public string OwnerId => Reader.OwnerId;

    /// <summary>True if no scope was asked for and the name existed in both; the Local one is followed.</summary>
    public bool ExistsInBothScopes => Reader.ExistsInBothScopes;

    /// <summary>The reader that is in use now; another one after the channel was made anew.</summary>
    public FrameReader Reader { get; private set; }

    /// <summary>The counters so far. A recreated channel counts as a restart.</summary>
    public ReaderCounters Counters
    {
        get
        {
            ReaderCounters now = Reader.Counters;
            return new ReaderCounters(
                _before.Read + now.Read, _before.Skipped + now.Skipped, _before.Retries + now.Retries,
                _before.Restarts + now.Restarts, _before.Overwritten + now.Overwritten);
        }
    }

    /// <summary>Opens a channel, waiting for one that does not exist yet as the options say.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="options">How to follow it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound, NotAChannel, AccessDenied, VersionMismatch, CorruptHeader, Truncated, NotReady.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FrameStream Open(
        string name, NameScope? scope = null, FrameStreamOptions? options = null, CancellationToken cancellationToken = default) =>
        Open(PlatformServices.Current, name, scope, options ?? new FrameStreamOptions(), cancellationToken);

    internal static FrameStream Open(
        IPlatform platform, string name, NameScope? scope, FrameStreamOptions options, CancellationToken cancellationToken)
    {
        FrameReaderOptions readerOptions = new() { WaitForChannel = options.WaitForChannel, Label = options.Label, Owner = options.Owner };
        FrameReader reader = FrameReader.Open(platform, name, scope, readerOptions, cancellationToken);
        try
        {
            return new FrameStream(platform, options, reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a frame that was not given yet.</summary>
    /// <param name="timeout">How long at most; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the wait within 100 ms.</param>
    /// <returns>False if the time ran out.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Deadline deadline = Deadline.After(timeout);
        while (true)
        {
            if (Reader.Wait(_lastNumber, deadline.LeftUpTo(Slice), cancellationToken))
                return true;
            if (deadline.IsOver)
                return false;

            // Only while no frame comes, so it costs a live channel nothing.
            FollowName();
        }
    }

    /// <summary>Copies the next frame into a new array.</summary>
    /// <param name="timeout">How long to wait at most; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellationToken">Ends the wait within 100 ms.</param>
    /// <returns>False if the time ran out.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public bool TryTake(TimeSpan timeout, out StreamedFrame frame, CancellationToken cancellationToken = default)
    {
        Deadline deadline = Deadline.After(timeout);
        byte[] data = [];
        int pause = 1;
        while (Wait(deadline.Left, cancellationToken))
        {
            // Usually the right size at once; compressed frames differ in length.
            if (data.Length == 0 && Reader.TryPeek(out FrameInfo newest) == FrameReadStatus.Ok)
                data = new byte[newest.Format.PayloadLength];
            FrameReadStatus status = TryCopy(data, out FrameInfo info, out long skipped);
            if (status == FrameReadStatus.Ok)
            {
                frame = new StreamedFrame(Name, info, Fit(data, info.Format.PayloadLength), skipped);
                return true;
            }

            if (status == FrameReadStatus.BufferTooSmall)
            {
                data = new byte[info.Format.PayloadLength];
                continue;
            }

            // The frame cannot be copied now, most often because its publisher has ended and the pixels disappeared with it.
            if (deadline.IsOver)
                break;
            cancellationToken.WaitHandle.WaitOne(deadline.MillisecondsUpTo(pause));
            if (pause == LongestPauseMilliseconds)
                FollowName();
            pause = Math.Min(pause * 2, LongestPauseMilliseconds);
        }

        frame = default;
        return false;
    }

    /// <summary>Copies the next frame to where the caller says; does not wait.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="capacity">Bytes there.</param>
    /// <param name="info">What is known of the frame; also set when the buffer is too small.</param>
    /// <param name="skipped">Frames between the one given before and this one.</param>
    /// <returns>Ok, NoFrame, BufferTooSmall, or Overrun.</returns>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public FrameReadStatus TryCopy(IntPtr destination, int capacity, out FrameInfo info, out long skipped)
    {
        skipped = 0;
        FrameReadStatus status = _options.InOrder
            ? _lastNumber == 0 ? Reader.TryCopyOldest(destination, capacity, out info) : Reader.TryCopyAfter(
                _lastNumber, destination, capacity, out info)
            : Reader.TryCopyNewest(destination, capacity, out info);
        if (status != FrameReadStatus.Ok)
            return status;
        if (_lastNumber > 0)
            skipped = Math.Max(0, info.FrameNumber - _lastNumber - 1);
        _lastNumber = info.FrameNumber;
        return status;
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    private FrameReadStatus TryCopy(byte[] data, out FrameInfo info, out long skipped)
    {
        GCHandle pinned = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            return TryCopy(pinned.AddrOfPinnedObject(), data.Length, out info, out skipped);
        }
        finally
        {
            pinned.Free();
        }
    }

    private static byte[] Fit(byte[] data, int length)
    {
        if (data.Length != length)
            Array.Resize(ref data, length);
        return data;
    }

    /// <summary>
    /// A restarted publisher continues in the channel that is open here. Only where the channel's files were removed in the meantime
    /// another one has the name.
    /// </summary>
    private void FollowName()
    {
        try
        {
            if (ChannelInspector.TryReport(_platform, Name) is not ChannelReport channel || channel.CreatedAt == Reader.CreatedAt)
                return;
            FrameReader reader = FrameReader.Open(
                _platform, Name.Name, Name.Scope, new FrameReaderOptions { Label = _options.Label, Owner = OwnerId },
                CancellationToken.None);
            ReaderCounters before = Counters;
            Reader.Dispose();
            Reader = reader;
            _before = new ReaderCounters(before.Read, before.Skipped, before.Retries, before.Restarts + 1, before.Overwritten);
            _lastNumber = 0;
        }
        catch (WinMmfException)
        {
            // Not there yet, or not accessible: the next attempt decides.
        }
    }
}

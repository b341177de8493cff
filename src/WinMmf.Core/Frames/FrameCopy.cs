using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>One frame in an array of its own.</summary>
public sealed class FrameCopy
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);

    private FrameCopy(FrameReader reader, FrameInfo info, byte[] data)
    {
        Name = reader.Name;
        ExistsInBothScopes = reader.ExistsInBothScopes;
        OwnerId = reader.OwnerId;
        State = reader.StateAfter(info);
        Info = info;
        Data = data;
    }

    private FrameCopy(NamedMemory memory, FrameInfo info, byte[] data)
    {
        Name = memory.Name;
        ExistsInBothScopes = memory.ExistsInBothScopes;
        OwnerId = memory.OwnerId;
        State = ChannelState.Live;
        Info = info;
        Data = data;
    }

    /// <summary>Name and scope of the channel that was read.</summary>
    public SharedName Name { get; }

    /// <summary>True if no scope was asked for and the name exists in both; the Local one was read.</summary>
    public bool ExistsInBothScopes { get; }

    /// <summary>The account that it belongs to, as the kernel says: a SID on Windows, a uid on Linux.</summary>
    public string OwnerId { get; }

    /// <summary>How the channel was just after the copy.</summary>
    public ChannelState State { get; }

    /// <summary>What is known of the frame.</summary>
    public FrameInfo Info { get; }

    /// <summary>The payload.</summary>
    public byte[] Data { get; }

    /// <summary>Opens a channel, copies one frame and lets go.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="after">Only a frame after this one, the oldest that is still there; 0 or less: the newest.</param>
    /// <param name="timeout">
    /// How long to wait for channel and frame; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit; null: the channel must
    /// exist, a frame may take 5 s.
    /// </param>
    /// <param name="owner">The account that the channel must belong to; null: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    /// <exception cref="WinMmfException">Timeout, and all that opening and reading a channel report.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FrameCopy Take(string name, NameScope? scope = null, long after = 0, TimeSpan? timeout = null, string? owner = null,
        CancellationToken cancellationToken = default) =>
        Take(PlatformServices.Current, name, scope, after, timeout, owner, cancellationToken);

    /// <summary>
    /// Copies the frame that a program publishes in winmmf's layout: raw pixels behind the lock word, under the lock. Such a
    /// memory tells neither number nor time nor format: the number is 0, the time is that of the copy.
    /// </summary>
    /// <param name="name">The memory's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="format">What its publisher puts there, by agreement; not Mjpg.</param>
    /// <param name="timeout">How long to wait for the lock; zero: try once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="owner">The account that the memory must belong to; null: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    /// <exception cref="WinMmfException">
    /// Timeout (with who has the lock, or that it is stuck), CorruptLock, InvalidSize, and all that opening a memory reports.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FrameCopy TakeFromWinMmf(string name, NameScope? scope, in FrameFormat format, TimeSpan timeout, string? owner = null,
        CancellationToken cancellationToken = default)
    {
        using NamedMemory memory = NamedMemory.Open(name, scope, writable: true, owner);
        return TakeFromWinMmf(memory, format, timeout, cancellationToken);
    }

    /// <summary>The same from a memory that is open.</summary>
    internal static FrameCopy TakeFromWinMmf(
        NamedMemory memory, in FrameFormat format, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(
                WinMmfErrorId.InvalidFormat, "A plain memory does not say how long a compressed frame is.", memory.Name.ToFacts());
        if (memory.DataSize < format.PayloadLength)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidSize,
                $"{memory.Name} has {memory.DataSize} bytes of data, and {format} needs {format.PayloadLength}.",
                memory.Name.ToFacts() with { Needed = format.PayloadLength, Available = memory.DataSize });
        }

        byte[] data = new byte[format.PayloadLength];
        using (SharedMemoryLock held = memory.Lock(LockMode.Read, timeout, null, nameof(FrameCopy), cancellationToken))
        {
            Marshal.Copy(memory.Data, data, 0, data.Length);
            held.Release();
        }

        long now = MonotonicClock.Now;
        return new FrameCopy(memory, new FrameInfo(0, format, now, now, FrameFlags.None, 0), data);
    }

    internal static FrameCopy Take(IPlatform platform, string name, NameScope? scope, long after, TimeSpan? timeout, string? owner,
        CancellationToken cancellationToken)
    {
        TimeSpan wait = timeout ?? DefaultWait;
        Deadline deadline = Deadline.After(wait);
        FrameStreamOptions options = new()
        {
            InOrder = after > 0,
            After = Math.Max(0, after),
            WaitForChannel = timeout ?? TimeSpan.Zero,
            Label = nameof(FrameCopy),
            Owner = owner,
        };
        using FrameStream stream = FrameStream.Open(platform, name, scope, options, cancellationToken);
        return stream.TryTake(deadline.Left, out StreamedFrame frame, cancellationToken)
            ? new FrameCopy(stream.Reader, frame.Info, frame.Data)
            : throw NothingCame(stream.Reader, options.After, wait);
    }

    private static WinMmfException NothingCame(FrameReader reader, long after, TimeSpan wait)
    {
        string what = reader.Wait(after, TimeSpan.Zero) ? "no frame that can be copied"
            : after > 0 ? $"no frame after {after}"
            : "no frame yet";
        return new WinMmfException(
            WinMmfErrorId.Timeout,
            $"{reader.Name} had {what} within {wait.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s; the channel is {reader.State}.",
            reader.Name.ToFacts() with { Operation = ErrorOperation.ReadFrame, State = reader.State.ToString(), Waited = wait });
    }
}

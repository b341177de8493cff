#if NET8_0_OR_GREATER
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;

namespace WinMmf.Frames;

/// <content>Frame after frame with <c>await foreach</c>.</content>
public sealed partial class FrameStream
{
    private const int AsyncPauseMilliseconds = 1;
    private byte[] _asyncCopy = [];

    /// <summary>
    /// Gives frame after frame, for ever: the newest each time the loop asks for one, in place where that is possible; with
    /// <see cref="FrameStreamOptions.InOrder"/> every frame in order, copied. Each frame ends when it is disposed of or the loop asks for
    /// the next, whichever is first. While no frame comes, a thread of the pool sleeps. One loop at a time.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop within 100 ms, by an exception.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="WinMmfException">Truncated, CorruptHeader, AccessDenied.</exception>
    public async IAsyncEnumerable<FrameInUse> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            bool isThere = await Task.Run(() => Wait(Slice, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (!isThere)
                continue;
            FrameInUse? frame = TryUse();
            if (frame is null)
            {
                // Overtaken just now, or gone with its publisher.
                await Task.Delay(AsyncPauseMilliseconds, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                yield return frame;
            }
            finally
            {
                frame.Dispose();
            }
        }
    }

    private FrameInUse? TryUse()
    {
        if (!_options.InOrder && Reader.TryLeaseNewest(out FrameLease lease))
        {
            long skipped = _lastNumber > 0 ? Math.Max(0, lease.Info.FrameNumber - _lastNumber - 1) : 0;
            _lastNumber = lease.Info.FrameNumber;
            return new FrameInUse(lease, skipped);
        }

        FrameReadStatus status = TryCopy(_asyncCopy, out FrameInfo info, out long passed);
        if (status == FrameReadStatus.BufferTooSmall)
        {
            _asyncCopy = new byte[info.Format.PayloadLength];
            status = TryCopy(_asyncCopy, out info, out passed);
        }

        return status == FrameReadStatus.Ok ? new FrameInUse(info, _asyncCopy, passed) : null;
    }
}
#endif

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Viewer.Pictures;

namespace WinMmf.Viewer.Feeds;

/// <summary>
/// One channel at one width, for all its clients: a reader and an encoder on a thread of their own. Works on demand: a frame is encoded
/// once, and only when a client waits for it. A client asks for the next frame when it has sent the last, so a slow one gets fewer and none
/// queue up. The thread ends when no client has asked for a while.
/// </summary>
internal sealed class ChannelFeed
{
    private const int LingerMilliseconds = 3_000;
    private const int RetryMilliseconds = 250;
    private const int SliceMilliseconds = 250;
    private const int SilentMilliseconds = 1_000;
    private const int UncopiedMilliseconds = 5;
    private static long _lastVersion;

    private readonly object _gate = new();
    private readonly FeedKey _key;
    private readonly List<FrameRequest> _requests = [];
    private EncodedFrame? _latest;
    private bool _isLatestNewest;
    private bool _isRunning;

    /// <summary>Makes a feed; it costs nothing until a client asks.</summary>
    /// <param name="key">Which channel, and how wide.</param>
    public ChannelFeed(FeedKey key) => _key = key;

    /// <summary>True while its thread runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
                return _isRunning;
        }
    }

    /// <summary>The newest frame, or the next one.</summary>
    /// <param name="after">The version that the client has: another one is waited for; 0: any.</param>
    /// <param name="isPatient">Go on waiting when the channel cannot be opened.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">Why the channel cannot be opened or read; not for a patient request.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<EncodedFrame> NextAsync(long after, bool isPatient, CancellationToken cancellationToken)
    {
        FrameRequest request = new(after, isPatient);
        lock (_gate)
        {
            if (_isLatestNewest && _latest is EncodedFrame latest && latest.Version != after)
                return latest;
            _requests.Add(request);
            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(Run) { IsBackground = true, Name = "feed" }.Start();
            }

            Monitor.PulseAll(_gate);
        }

        await using (cancellationToken.Register(() => Withdraw(request, cancellationToken)))
            return await request.Answer.Task;
    }

    private void Withdraw(FrameRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
            _requests.Remove(request);
        request.Answer.TrySetCanceled(cancellationToken);
    }

    private void Run()
    {
        using JpegEncoder encoder = new();
        using FrameBuffer buffer = new();
        FrameReader? reader = null;
        try
        {
            while (AwaitRequest())
            {
                try
                {
                    reader ??= FrameReader.Open(_key.Name, _key.Scope, new FrameReaderOptions { Label = "viewer" });
                    if (!TryEncodeNewest(reader, buffer, encoder) && !AwaitFrame(reader))
                    {
                        reader.Dispose();
                        reader = null;
                    }
                }
                catch (Exception e)
                {
                    // Also what is unexpected: it must not end the program, and the client is told.
                    reader?.Dispose();
                    reader = null;
                    Fail(e as WinMmfException ?? new WinMmfException(WinMmfErrorId.SystemError, $"{e.GetType().Name}: {e.Message}"));
                }
            }
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Waits until a client asks. False: none did, and the thread is to end.</summary>
    private bool AwaitRequest()
    {
        lock (_gate)
        {
            if (_requests.Count == 0)
                Monitor.Wait(_gate, LingerMilliseconds);
            if (_requests.Count > 0)
                return true;
            _isRunning = false;
            _latest = null;
            return false;
        }
    }

    /// <summary>Encodes the newest frame if that has not been done, and gives it to those who wait for it.</summary>
    private bool TryEncodeNewest(FrameReader reader, FrameBuffer buffer, JpegEncoder encoder)
    {
        if (reader.TryPeek(out FrameInfo newest) != FrameReadStatus.Ok)
            return false;
        EncodedFrame? frame = _latest;
        if (frame is null || !IsSame(frame.Info, newest))
        {
            if (buffer.CopyNewest(reader, _key.Width, out FrameInfo info) != FrameReadStatus.Ok)
            {
                // Overtaken, or its pixels are gone, or a forger never made them: no loop without a pause.
                Thread.Sleep(UncopiedMilliseconds);
                return false;
            }

            byte[] jpeg = encoder.Encode(info.Format, buffer.Address, _key.Width);
            frame = new EncodedFrame(Interlocked.Increment(ref _lastVersion), info, jpeg);
        }

        return Deliver(frame);
    }

    /// <summary>Frame numbers begin anew in a new channel; two frames were never published at the same moment.</summary>
    private static bool IsSame(in FrameInfo one, in FrameInfo other) =>
        one.FrameNumber == other.FrameNumber && one.PublishedAt == other.PublishedAt && one.Epoch == other.Epoch;

    /// <summary>Answers those who do not have the frame. False if there were none.</summary>
    private bool Deliver(EncodedFrame frame)
    {
        lock (_gate)
        {
            _latest = frame;
            int before = _requests.Count;
            for (int i = before - 1; i >= 0; i--)
            {
                if (_requests[i].After == frame.Version)
                    continue;
                _requests[i].Answer.TrySetResult(frame);
                _requests.RemoveAt(i);
            }

            return _requests.Count < before;
        }
    }

    /// <summary>Sleeps for a newer frame. False if the name leads to another channel, or to none, and has to be opened anew.</summary>
    private bool AwaitFrame(FrameReader reader)
    {
        SetNewest(true);
        try
        {
            if (reader.Wait(_latest?.Info.FrameNumber ?? 0, TimeSpan.FromMilliseconds(SliceMilliseconds)))
                return true;
        }
        finally
        {
            SetNewest(false);
        }

        if (_latest is EncodedFrame latest && latest.Info.Age.TotalMilliseconds < SilentMilliseconds)
            return true;
        SharedMemoryReport? now = SharedMemoryCatalogue.Look(reader.Name);
        return now?.Channel is ChannelReport channel ? channel.CreatedAt == reader.CreatedAt : now?.Error is not null;
    }

    private void SetNewest(bool value)
    {
        lock (_gate)
            _isLatestNewest = value;
    }

    /// <summary>Tells the impatient why there is no frame, and gives the channel time to come back.</summary>
    private void Fail(WinMmfException error)
    {
        lock (_gate)
        {
            for (int i = _requests.Count - 1; i >= 0; i--)
            {
                if (_requests[i].IsPatient)
                    continue;
                _requests[i].Answer.TrySetException(error);
                _requests.RemoveAt(i);
            }

            if (_requests.Count > 0)
                Monitor.Wait(_gate, RetryMilliseconds);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// The work of a mirror's process: reads a channel in order and writes each frame into a plain memory. It may die at any access to that
/// memory, so it owns nothing else.
/// </summary>
public sealed class MirrorFeed
{
    private const long ReportEvery = 200_000_000;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastFrames = TimeSpan.FromSeconds(2);

    private readonly SharedName _channel;
    private readonly SharedName _memory;
    private readonly int _frameBytes;
    private readonly IReadOnlyList<string> _access;
    private readonly TimeSpan _wait;
    private readonly TextWriter _output;
    private long _reportedAt;
    private long _lastNumber;

    /// <summary>Prepares it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="frameBytes">Bytes of a frame.</param>
    /// <param name="access">Accounts that may have made the memory, besides one's own and the administrators.</param>
    /// <param name="wait">How long a frame may wait for the lock.</param>
    /// <param name="output">Where the publisher listens.</param>
    public MirrorFeed(SharedName channel, SharedName memory, int frameBytes, IReadOnlyList<string> access, TimeSpan wait, TextWriter output)
    {
        _channel = channel;
        _memory = memory;
        _frameBytes = frameBytes;
        _access = access;
        _wait = wait;
        _output = output;
    }

    /// <summary>Mirrors until the publisher has gone, and then the frames that are left.</summary>
    /// <param name="after">The last frame that is mirrored already; 0: none.</param>
    /// <param name="publisherGone">Cancelled when the publisher has ended, or wants this to end.</param>
    /// <exception cref="WinMmfException">What opening channel and memory reports; it was told to the publisher.</exception>
    public void Run(long after, CancellationToken publisherGone)
    {
        try
        {
            FrameStreamOptions options = new() { InOrder = true, After = after, Label = "mirror" };
            using FrameStream stream = FrameStream.Open(_channel.Name, _channel.Scope, options, CancellationToken.None);
            using FrameMirror mirror = FrameMirror.Attach(
                _memory, _frameBytes, _access, _wait, text => Say(new MirrorMessage(MirrorMessage.Warning, text)));
            Say(new MirrorMessage(MirrorMessage.Ready, ""));
            Mirror(stream, mirror, publisherGone);
            Report(mirror, 0);
        }
        catch (WinMmfException e)
        {
            Say(MirrorMessage.Of(e));
            throw;
        }
    }

    private void Mirror(FrameStream stream, FrameMirror mirror, CancellationToken publisherGone)
    {
        byte[] frame = GC.AllocateUninitializedArray<byte>(_frameBytes, pinned: true);
        Deadline end = Deadline.Never;
        while (!end.IsOver)
        {
            bool isGone = publisherGone.IsCancellationRequested;
            if (isGone && end.IsNever)
                end = Deadline.After(LastFrames);
            if (stream.Wait(isGone ? TimeSpan.Zero : Slice))
            {
                IntPtr destination = Marshal.UnsafeAddrOfPinnedArrayElement(frame, 0);
                FrameReadStatus status = stream.TryCopy(destination, frame.Length, out FrameInfo info, out _);

                // The picture has grown: the mirror leaves it out and says so, but it has to be passed.
                if (status == FrameReadStatus.BufferTooSmall)
                    frame = GC.AllocateUninitializedArray<byte>(info.Format.PayloadLength, pinned: true);
                if (status == FrameReadStatus.Ok)
                {
                    mirror.Write(frame.AsSpan(0, info.Format.PayloadLength));
                    _lastNumber = info.FrameNumber;
                    if (mirror.IsBroken)
                        throw new WinMmfException(WinMmfErrorId.Truncated, $"{_memory} cannot be written any more.");
                }
                else if (status != FrameReadStatus.BufferTooSmall)
                {
                    // Overtaken, or its pixels are gone: no loop without a pause.
                    Thread.Sleep(1);
                }
            }
            else if (isGone)
            {
                return;
            }

            Report(mirror, ReportEvery);
        }
    }

    private void Report(FrameMirror mirror, long every)
    {
        long now = MonotonicClock.Now;
        if (now - _reportedAt < every)
            return;
        _reportedAt = now;
        Say(MirrorMessage.Of(new MirrorCounts(mirror.Written, mirror.Waited, _lastNumber)));
    }

    private void Say(MirrorMessage message)
    {
        try
        {
            _output.WriteLine(message.ToString());
            _output.Flush();
        }
        catch (IOException)
        {
            // The publisher has gone, which the end of the input tells.
        }
    }
}

using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Time;

namespace WinMmf.Management.Control;

/// <summary>
/// Has publishers start their sources again: camera, file, ffmpeg or OpenCV process. The channel stays with its name, epoch and readers.
/// </summary>
internal static class PublisherRestart
{
    private const int SliceMilliseconds = 20;

    /// <summary>Asks a publisher to start its source again, and waits until a frame of the new start can be read.</summary>
    /// <param name="channel">Its channel, as it was seen a moment ago.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The channel with the new frame.</returns>
    /// <exception cref="WinMmfException">PublisherEnded, PublisherUnreachable, PublisherFailed, PublisherDenied, Timeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ChannelReport Restart(ChannelReport channel, TimeSpan timeout, CancellationToken cancellationToken)
    {
        IPlatform platform = PlatformServices.Current;
        ErrorFacts facts = channel.Name.ToFacts() with { ProcessId = (int)channel.Owner.ProcessId };
        if (channel.State is ChannelState.Stopped or ChannelState.Dead)
        {
            throw new WinMmfException(
                WinMmfErrorId.PublisherEnded,
                $"The publisher of {channel.Name} (process {channel.Owner.ProcessId}) has ended, so it cannot be restarted.",
                facts);
        }

        Deadline deadline = Deadline.After(timeout);
        ControlMessage request = new(ControlClient.Restart) { [ControlClient.Channel] = channel.Name.ToString() };
        try
        {
            ControlClient.Send(channel.ControlEndpoint, channel.OwnerId, request, cancellationToken);
        }
        catch (WinMmfException e)
        {
            // A publisher that does not answer can only be ended.
            throw new WinMmfException(e.ErrorId, e.Message, facts with { Operation = ErrorOperation.Stop }, e.NativeErrorCode, e);
        }

        long? before = null;
        while (true)
        {
            ChannelReport? now = ChannelInspector.TryReport(platform, channel.Name);
            if (now is null || now.Epoch != channel.Epoch || now.State is ChannelState.Stopped or ChannelState.Dead
                || (now.State == ChannelState.Failed && platform.Processes.Probe(channel.Owner) == Processes.ProcessLiveness.Dead))
            {
                throw new WinMmfException(
                    WinMmfErrorId.PublisherFailed,
                    $"The publisher of {channel.Name} ended while it started its source again.{Why(now)}",
                    facts);
            }

            if (now.Counters.SourceRestarts > channel.Counters.SourceRestarts)
            {
                // A frame from before the restart may have come after the first look.
                before ??= now.Newest?.FrameNumber ?? 0;
                if (now.State == ChannelState.Live && now.Newest?.FrameNumber > before)
                    return now;
            }

            if (deadline.IsOver)
                throw new WinMmfException(
                    WinMmfErrorId.Timeout,
                    $"The publisher of {channel.Name} was told to start its source again and had no new frame within "
                        + $"{timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s; it goes on trying.{Why(now)}",
                    facts with { Operation = ErrorOperation.Start, Waited = timeout });
            cancellationToken.WaitHandle.WaitOne(deadline.MillisecondsUpTo(SliceMilliseconds));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static string Why(ChannelReport? channel) => channel?.LastError is { Length: > 0 } error ? $" The source said: {error}" : "";
}

using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Management.Control;

/// <summary>Ends publishers.</summary>
internal static class PublisherControl
{
    private const int SliceMilliseconds = 50;

    /// <summary>Asks a publisher to end and waits until its process has.</summary>
    /// <param name="channel">Its channel, as it was seen a moment ago.</param>
    /// <param name="force">Kill the process if it does not answer or does not end in time.</param>
    /// <param name="timeout">
    /// How long to wait for the end, and after a kill once more as long; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">PublisherEnded, PublisherUnreachable, PublisherFailed, PublisherDenied, Timeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static void Stop(ChannelReport channel, bool force, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        IPlatform platform = PlatformServices.Current;
        bool IsOwned() => platform.Channels.IsOwned(channel.Name);
        bool IsOwnedBy(ProcessIdentity process) => platform.Channels.IsOwnedBy(channel.Name, process);
        if (Stop(platform.Processes, IsOwned, IsOwnedBy, channel, force, timeout, cancellationToken))
        {
            // What is killed leaves its files behind on Linux; they go now if no program reads them.
            platform.Sections.TryReclaim(channel.Name);
        }
    }

    /// <summary>True if it had to be killed.</summary>
    /// <param name="processes">Tells which processes live.</param>
    /// <param name="isOwned">
    /// True while a publisher has the channel's lock: that proves the end of one whose process cannot be seen.
    /// </param>
    /// <param name="isOwnedBy">True if a given process has that lock: no other is killed.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="force">Kill it if need be.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static bool Stop(
        IProcessProbe processes, Func<bool> isOwned, Func<ProcessIdentity, bool> isOwnedBy, ChannelReport channel, bool force,
        TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (channel is null)
            throw new ArgumentNullException(nameof(channel));
        Deadline deadline = Deadline.After(timeout);
        bool HasEnded() => HasEndedOrLetGo(processes, channel.Owner, isOwned);
        if (processes.Probe(channel.Owner) == ProcessLiveness.Dead)
            throw new WinMmfException(
                WinMmfErrorId.PublisherEnded,
                $"The publisher of {channel.Name} (process {channel.Owner.ProcessId}) "
                    + $"{(channel.State == ChannelState.Dead ? "was killed" : "has ended already")}; there is nothing to stop.",
                FactsOf(channel));
        try
        {
            ControlMessage stop = new(ControlClient.Stop) { [ControlClient.Channel] = channel.Name.ToString() };
            ControlClient.Send(channel.ControlEndpoint, channel.OwnerId, stop, cancellationToken);
            if (WaitForEnd(HasEnded, deadline, cancellationToken))
                return false;
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.PublisherUnreachable or WinMmfErrorId.PublisherFailed)
        {
            // It may have ended between the look and the request, or while answering.
            if (processes.Probe(channel.Owner) == ProcessLiveness.Dead)
                return false;
            if (!force)
                throw new WinMmfException(
                    e.ErrorId, e.Message, FactsOf(channel) with { Operation = ErrorOperation.Stop }, e.NativeErrorCode, e);
        }

        if (!force)
        {
            throw new WinMmfException(
                WinMmfErrorId.Timeout,
                $"The publisher of {channel.Name} agreed to end, but its process {channel.Owner.ProcessId} was still there after "
                    + $"{timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.",
                FactsOf(channel) with { Operation = ErrorOperation.Stop, Waited = timeout });
        }

        Kill(processes, isOwnedBy, channel);
        if (!WaitForEnd(HasEnded, Deadline.After(timeout), cancellationToken))
            throw new WinMmfException(WinMmfErrorId.Timeout,
                $"Process {channel.Owner.ProcessId} was killed and is still there: it hangs in the system, most often in a driver.",
                FactsOf(channel) with { Operation = ErrorOperation.Kill, Waited = timeout });
        return true;
    }

    /// <summary>
    /// True if a process is dead; where it cannot be seen, as in another container, if what it held is free. What it says itself proves
    /// nothing.
    /// </summary>
    internal static bool HasEndedOrLetGo(
        IProcessProbe processes, ProcessIdentity process, Func<bool> holds) => processes.Probe(process) switch
        {
            ProcessLiveness.Dead => true,
            ProcessLiveness.Unknown => !holds(),
            _ => false,
        };

    /// <summary>Waits until a process has ended. False if it has not in time.</summary>
    internal static bool WaitForEnd(Func<bool> hasEnded, Deadline deadline, CancellationToken cancellationToken)
    {
        while (!hasEnded())
        {
            if (deadline.IsOver)
                return false;
            cancellationToken.WaitHandle.WaitOne(deadline.MillisecondsUpTo(SliceMilliseconds));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }

    private static ErrorFacts FactsOf(ChannelReport channel) =>
        channel.Name.ToFacts() with
        {
            ProcessId = (int)channel.Owner.ProcessId,
            Owner = channel.Account.Length > 0 ? channel.Account : null,
        };

    private static void Kill(IProcessProbe processes, Func<ProcessIdentity, bool> isOwnedBy, ChannelReport channel)
    {
        ErrorFacts facts = FactsOf(channel) with { Operation = ErrorOperation.Kill };
        string process = $"Process {channel.Owner.ProcessId}, which {channel.Name} names as its publisher,";

        // What the channel says of its publisher is text; the kernel knows who has its lock.
        if (!isOwnedBy(channel.Owner) && processes.Probe(channel.Owner) == ProcessLiveness.Alive)
        {
            throw new WinMmfException(
                WinMmfErrorId.PublisherDenied,
                $"{process} does not have the channel's lock, as far as this account can see, so it is not ended.",
                facts);
        }

        switch (processes.End(channel.Owner, channel.OwnerId))
        {
            case ProcessEnd.Unseen:
                throw new WinMmfException(
                    WinMmfErrorId.PublisherUnreachable,
                    $"The publisher of {channel.Name} runs in another container or is hidden, so it cannot be killed from here.",
                    facts);
            case ProcessEnd.OtherAccount:
                throw new WinMmfException(WinMmfErrorId.PublisherDenied,
                    $"{process} does not run as the account that the channel belongs to, so it is not ended.", facts);
            case ProcessEnd.Denied:
                throw new WinMmfException(WinMmfErrorId.PublisherDenied, $"{process} may not be ended by this account.", facts);
            default:
                // Told, or gone by itself.
                break;
        }
    }
}

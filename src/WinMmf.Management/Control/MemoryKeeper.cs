using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Management.Control;

/// <summary>Ends processes that keep a plain memory alive.</summary>
internal static class MemoryKeeper
{
    /// <summary>
    /// Asks the process that keeps a memory to let go, and waits until it has ended. The memory stays as long as another process holds it.
    /// </summary>
    /// <param name="name">The memory.</param>
    /// <param name="origin">Who made it, as it was seen a moment ago.</param>
    /// <param name="timeout">How long to wait for the end; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">NotKept, PublisherUnreachable, PublisherFailed, PublisherDenied, Timeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public static void Stop(SharedName name, MemoryOrigin origin, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (origin is null)
            throw new ArgumentNullException(nameof(origin));
        Deadline deadline = Deadline.After(timeout);
        IPlatform platform = PlatformServices.Current;
        if (origin.KeeperEndpoint.Length == 0 || platform.Processes.Probe(origin.Creator) == ProcessLiveness.Dead)
            throw new WinMmfException(
                WinMmfErrorId.NotKept, $"No process keeps {name} alive: it exists as long as a program has it open.", name.ToFacts());

        ErrorFacts facts = name.ToFacts() with { Operation = ErrorOperation.Stop, ProcessId = (int)origin.Creator.ProcessId };

        // Others may write the companion: what answers must say that it keeps this very memory.
        ControlClient.AskStatus(name, origin, cancellationToken);
        ControlMessage stop = new(ControlClient.Stop) { [ControlClient.Keeps] = name.ToString() };
        ControlClient.Send(origin.KeeperEndpoint, origin.OwnerId, stop, cancellationToken);
        bool Answers() => IsAnswering(name, origin, cancellationToken);
        if (!PublisherControl.WaitForEnd(
            () => PublisherControl.HasEndedOrLetGo(platform.Processes, origin.Creator, Answers), deadline, cancellationToken))
            throw new WinMmfException(WinMmfErrorId.Timeout,
                $"The process {origin.Creator.ProcessId} that keeps {name} agreed to end, but was still there after "
                    + $"{timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.", facts with { Waited = timeout });
    }

    private static bool IsAnswering(SharedName name, MemoryOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            ControlClient.AskStatus(name, origin, cancellationToken);
            return true;
        }
        catch (WinMmfException)
        {
            return false;
        }
    }
}

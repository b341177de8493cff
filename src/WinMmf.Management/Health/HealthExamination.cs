using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Management.Health;

/// <summary>
/// Says how publishers are, from outside and without mapping their frames: it works for every account that may read a channel, also while a
/// publisher hangs.
/// </summary>
internal static class HealthExamination
{
    /// <summary>Looks at channels, counts their frames for a while, and judges each.</summary>
    /// <param name="names">Which ones. A name that is not there is Critical: no publisher has it.</param>
    /// <param name="limits">What they have to keep.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<HealthReport> Examine(
        IReadOnlyList<SharedName> names, HealthLimits limits, CancellationToken cancellationToken)
    {
        bool counts = limits.Sample > TimeSpan.Zero && names.Count > 0;
        SharedMemoryReport?[] before = [.. names.Select(name => counts ? SharedMemoryCatalogue.Look(name) : null)];
        long begun = MonotonicClock.Now;
        if (counts && before.Any(static report => report?.Channel is not null) && cancellationToken.WaitHandle.WaitOne(limits.Sample))
            cancellationToken.ThrowIfCancellationRequested();
        TimeSpan passed = TimeSpan.FromTicks((MonotonicClock.Now - begun) / 100);
        return
        [
            .. names.Select((name, i) =>
            {
                SharedMemoryReport? now = SharedMemoryCatalogue.Look(name);
                double? rate = counts && before[i]?.Channel is ChannelReport first && now?.Channel is ChannelReport last
                    ? RateMeasurement.Of(first, last, passed, limits.MinFrameRate)
                    : null;
                return Judge(name, now, rate, limits);
            }),
        ];
    }

    /// <summary>The name that is meant where no scope is given: the Local one, if there is any.</summary>
    /// <param name="name">A channel's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <exception cref="WinMmfException">InvalidName.</exception>
    public static SharedName Resolve(string name, NameScope? scope)
    {
        SharedName local = new(name, scope ?? NameScope.Local);
        if (scope is not null || SharedMemoryCatalogue.Look(local) is not null)
            return local;
        SharedName global = new(name, NameScope.Global);
        return SharedMemoryCatalogue.Look(global) is null ? local : global;
    }

    internal static HealthReport Judge(SharedName name, SharedMemoryReport? found, double? rate, HealthLimits limits)
    {
        if (found?.Channel is ChannelReport channel)
            return Judge(channel, rate, limits);
        (HealthStatus status, string reason) = found switch
        {
            null => (HealthStatus.Critical, "There is no such channel: no process publishes it, or this account cannot see it."),
            { Kind: SharedMemoryKind.Leftover } =>
                (HealthStatus.Critical, "Its publisher was killed, and no process has published it since."),
            { Error: { ErrorId: WinMmfErrorId.ChannelIncomplete } error } => (HealthStatus.Critical, error.Message),
            { Error: { } error } => (HealthStatus.Unknown, $"It cannot be read: {error.Message}"),
            _ => (HealthStatus.Unknown, "It is no frame channel."),
        };
        return new HealthReport(name, status, [reason]);
    }

    private static HealthReport Judge(ChannelReport channel, double? rate, HealthLimits limits)
    {
        List<string> reasons = [];
        HealthStatus status = HealthStatus.Ok;
        if (FindEnd(channel) is string end)
            Add(HealthStatus.Critical, end);
        else
            JudgeAge();
        if (status != HealthStatus.Critical && limits.MinFrameRate is double least && rate is double counted && counted < least)
            Add(HealthStatus.Warning, Text("{0:0.###} frames a second come, and at least {1:0.###} shall.", counted, least));
        if (status != HealthStatus.Ok && channel.LastError is { Length: > 0 } error)
            reasons.Add(Text("The source failed last at {0:yyyy-MM-dd HH:mm:ss} UTC: {1}", channel.LastErrorAt, error));
        return new HealthReport(channel.Name, status, reasons, channel, rate, limits);

        void JudgeAge()
        {
            TimeSpan most = limits.MaxAgeOf(channel);
            if (channel.Newest is FrameInfo newest)
            {
                if (newest.Age > most)
                    Add(HealthStatus.Critical,
                        Text("The newest frame is {0:0.0} s old, and may be {1:0.###} s.", newest.Age.TotalSeconds, most.TotalSeconds));
                return;
            }

            TimeSpan waited = DateTime.UtcNow - channel.CreatedAt;
            Add(waited > most ? HealthStatus.Critical : HealthStatus.Warning,
                Text("There has been no frame yet, {0:0.0} s after the start.", Math.Max(0, waited.TotalSeconds)));
        }

        void Add(HealthStatus worse, string reason)
        {
            status = worse > status ? worse : status;
            reasons.Add(reason);
        }
    }

    /// <summary>Why no frame can come any more; null if one can.</summary>
    private static string? FindEnd(ChannelReport channel) => channel.State switch
    {
        ChannelState.Stopped => "Its publisher was told to end, or its source came to its end.",
        ChannelState.Failed when channel.OwnerProgram is null => "Its publisher ended in an error.",
        ChannelState.Failed => "Its source has failed; the publisher tries to start it again.",
        ChannelState.Dead => $"Its publisher (process {Text("{0}", channel.Owner.ProcessId)}) ended without saying so.",
        ChannelState.Stalled =>
            $"Its publisher (process {Text("{0}", channel.Owner.ProcessId)}) shows no sign of life: stopped, swapped out or overloaded.",
        _ => null,
    };

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}

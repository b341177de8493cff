using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Management.Locks;

/// <summary>Watches a lock for a while, so that a busy one and a stuck one can be told apart.</summary>
internal sealed class LockSample
{
    private const int PauseMilliseconds = 5;

    private LockSample(TimeSpan duration, int looks, int changes, int freeLooks, LockReport last)
    {
        Duration = duration;
        Looks = looks;
        Changes = changes;
        FreeLooks = freeLooks;
        Last = last;
    }

    /// <summary>How long it was watched.</summary>
    public TimeSpan Duration { get; }

    /// <summary>How often it was looked at.</summary>
    public int Looks { get; }

    /// <summary>How often it had changed since the look before; what happened between two looks does not show.</summary>
    public int Changes { get; }

    /// <summary>How often it was free.</summary>
    public int FreeLooks { get; }

    /// <summary>The last look.</summary>
    public LockReport Last { get; }

    /// <summary>What it shows.</summary>
    public LockActivity Activity => FreeLooks == Looks && Changes == 0 ? LockActivity.Idle
        : Changes == 0 && FreeLooks == 0 ? LockActivity.Stuck
        : LockActivity.Busy;

    /// <summary>Watches the lock of an open memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="duration">For how long; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: until it is cancelled.</param>
    /// <param name="cancellation">Ends the watching.</param>
    /// <exception cref="WinMmfException">Truncated.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative, and not infinite.</exception>
    public static LockSample Watch(NamedMemory memory, TimeSpan duration, CancellationToken cancellation) =>
        Watch(() => LockInspector.Inspect(memory), duration, cancellation);

    /// <summary>Watches the lock of a memory by its name, which is not mapped.</summary>
    /// <param name="name">The memory.</param>
    /// <param name="duration">For how long; zero: look once; <see cref="Timeout.InfiniteTimeSpan"/>: until it is cancelled.</param>
    /// <param name="cancellation">Ends the watching.</param>
    /// <exception cref="WinMmfException">NotFound, Truncated, and why it cannot be looked at.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative, and not infinite.</exception>
    public static LockSample Watch(SharedName name, TimeSpan duration, CancellationToken cancellation) =>
        Watch(() => LockInspector.Inspect(name.Name, name.Scope), duration, cancellation);

    private static LockSample Watch(Func<LockReport> look, TimeSpan duration, CancellationToken cancellation)
    {
        long start = MonotonicClock.Now;
        Deadline deadline = Deadline.After(duration, nameof(duration));
        int looks = 0;
        int changes = 0;
        int free = 0;
        string? before = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            LockReport report = look();
            string now = Print(report);
            looks++;
            if (before is not null && now != before)
                changes++;
            if (report.Verdict == LockVerdict.Free)
                free++;
            before = now;
            if (deadline.IsOver)
                return new LockSample(TimeSpan.FromTicks((MonotonicClock.Now - start) / 100), looks, changes, free, report);
            cancellation.WaitHandle.WaitOne(deadline.MillisecondsUpTo(PauseMilliseconds));
        }
    }

    /// <summary>What was seen, in a sentence.</summary>
    public string Describe() =>
        FormattableString.Invariant($"Watched for {Duration.TotalSeconds:0.0} s, {Looks} looks: it changed hands {Changes} time(s) ")
            + FormattableString.Invariant($"and was free {FreeLooks} time(s): {Activity}.");

    /// <summary>Who has it, by claims: the same owner's next lock is another claim.</summary>
    private static string Print(LockReport report)
    {
        IEnumerable<string> owners = report.Count.Rows.Where(static row => row.Row.MayHold)
            .Select(static row => $"{row.Row.Index}:{row.Row.Ticket}");
        return $"{report.Word.Value:X8} {string.Join(" ", owners)}";
    }
}

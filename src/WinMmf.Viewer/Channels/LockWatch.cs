using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Locks;
using WinMmf.Names;
using WinMmf.Platform.Selection;
using WinMmf.PowerShell.Advice;
using WinMmf.Time;

namespace WinMmf.Viewer.Channels;

/// <summary>
/// Finds locks of plain memories that are stuck: left by a dead owner, broken, or the same for so long that a client may wait in vain. Only
/// looks, each time the list of channels is asked for.
/// </summary>
internal sealed class LockWatch
{
    /// <summary>How long a lock of a living client is not reported.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly System.Threading.Lock _gate = new();
    private readonly Func<long> _now;
    private Dictionary<SharedName, Seen> _seen = [];

    /// <summary>Makes a watch.</summary>
    /// <param name="now">Monotonic nanoseconds; null: the system's.</param>
    public LockWatch(Func<long>? now = null) => _now = now ?? (static () => MonotonicClock.Now);

    /// <summary>The stuck ones among memories.</summary>
    /// <param name="reports">What there is.</param>
    public IReadOnlyList<(LockReport Report, TimeSpan Unchanged)> Find(IEnumerable<SharedMemoryReport> reports)
    {
        List<(LockReport, TimeSpan)> stuck = [];
        Dictionary<SharedName, Seen> seen = [];
        lock (_gate)
        {
            foreach (SharedMemoryReport report in reports)
            {
                if (report.Kind != SharedMemoryKind.Memory || report.Verdict is null or LockVerdict.Free
                    || TryInspect(report.Name) is not LockReport found || found.Verdict == LockVerdict.Free)
                    continue;
                string state = Describe(found);
                Seen now = _seen.TryGetValue(found.Name, out Seen? before) && before.State == state ? before : new Seen(state, _now());
                seen[found.Name] = now;
                TimeSpan unchanged = TimeSpan.FromTicks((_now() - now.At) / 100);
                if (IsStuck(found) || unchanged >= Patience)
                    stuck.Add((found, unchanged));
            }

            _seen = seen;
        }

        return stuck;
    }

    /// <summary>Writes one lock as JSON. Times are milliseconds.</summary>
    public static void Write(Utf8JsonWriter json, LockReport report, TimeSpan unchanged)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name.Name);
        json.WriteString("scope", report.Name.Scope.ToString());
        json.WriteString("verdict", report.Verdict.ToString());
        json.WriteNumber("unchangedMs", unchanged.TotalMilliseconds);
        json.WriteString("command", LockAdvice.NextCommand(report, null));
        WriteTexts(json, "owners", report.Owners.Select(static owner => owner.ToString()));
        WriteTexts(json, "waiters", report.Waiters.Select(static waiter => waiter.ToString()));
        WriteTexts(json, "evidence", report.Evidence);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static bool IsStuck(LockReport report) =>
        report.Verdict is LockVerdict.Abandoned or LockVerdict.Corrupt || (report.Verdict == LockVerdict.Uncertain && !report.MaySettle);

    /// <summary>The same as long as the same owners have the lock in the same way.</summary>
    private static string Describe(LockReport report) => $"{report.Word.Value}/"
        + string.Join('/', report.Owners.Select(static owner => $"{owner.OwnerId},{owner.Since.Ticks}"));

    private static LockReport? TryInspect(SharedName name)
    {
        try
        {
            return LockInspector.Inspect(PlatformServices.Current, name);
        }
        catch (WinMmfException)
        {
            // Gone meanwhile, or not for this account.
            return null;
        }
    }

    private sealed record Seen(string State, long At);
}

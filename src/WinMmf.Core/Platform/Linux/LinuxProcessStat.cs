using System;
using System.Globalization;

namespace WinMmf.Platform.Linux;

/// <summary>What is used of <c>/proc/PID/stat</c>.</summary>
internal readonly struct LinuxProcessStat
{
    // Counted from the state, which is field 3.
    private const int ParentField = 4 - 3;
    private const int ThreadsField = 20 - 3;
    private const int StartTimeField = 22 - 3;

    private LinuxProcessStat(char state, int parent, long threads, ulong startTime)
    {
        State = state;
        Parent = parent;
        Threads = threads;
        StartTime = startTime;
    }

    /// <summary>R, S, D, T, Z, X …</summary>
    public char State { get; }

    /// <summary>Process id of the parent.</summary>
    public int Parent { get; }

    public long Threads { get; }

    /// <summary>Clock ticks since boot.</summary>
    public ulong StartTime { get; }

    /// <summary>Parses the line. The program's name in it may contain anything, so the last bracket counts.</summary>
    public static bool TryParse(string text, out LinuxProcessStat stat)
    {
        stat = default;
        int bracket = text.LastIndexOf(')');
        if (bracket < 0)
            return false;
        string[] fields = text.Substring(bracket + 1).Split(new[] { ' ', '\n' }, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTimeField
            || fields[0].Length != 1
            || !int.TryParse(fields[ParentField], NumberStyles.Integer, CultureInfo.InvariantCulture, out int parent)
            || !long.TryParse(fields[ThreadsField], NumberStyles.Integer, CultureInfo.InvariantCulture, out long threads)
            || !ulong.TryParse(fields[StartTimeField], NumberStyles.None, CultureInfo.InvariantCulture, out ulong startTime))
        {
            return false;
        }

        stat = new LinuxProcessStat(fields[0][0], parent, threads, startTime);
        return true;
    }
}

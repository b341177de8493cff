using System;
using System.Diagnostics;

namespace WinMmf.Mono.Missing;

internal static class TimeMembers
{
    extension(Stopwatch)
    {
        public static TimeSpan GetElapsedTime(long start) =>
            TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
    }

    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }
}

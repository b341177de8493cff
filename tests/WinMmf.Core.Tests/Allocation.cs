using System;
using System.Linq;
using Xunit;

namespace WinMmf.Tests;

/// <summary>
/// What code allocates in its steady state. The counter is the thread's own, so that other threads do not count, but now and then the
/// runtime itself allocates on a busy thread (seen under Wine: 1,368 bytes in code without any allocation). What the code allocates shows
/// in every measurement, what the runtime does once in one.
/// </summary>
internal static class Allocation
{
    private const int Measurements = 5;

    /// <summary>Fails unless the work allocates nothing. It is done several times, and must have been done before.</summary>
    public static void AssertNone(Action work)
    {
        long[] counts = new long[Measurements + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            if (i > 0)
                work();
            counts[i] = GC.GetAllocatedBytesForCurrentThread();
        }

        AssertNoneBetween(counts);
    }

    /// <summary>The same for counters that were read between several pieces of the same work.</summary>
    public static void AssertNoneBetween(params long[] counts)
    {
        Assert.Equal(Measurements + 1, counts.Length);
        long[] allocated = counts.Skip(1).Zip(counts, static (after, before) => after - before).ToArray();
        Assert.True(allocated.Count(static bytes => bytes != 0) <= 1,
            $"Bytes allocated in {Measurements} measurements: {string.Join(", ", allocated)}");
    }
}

using System;
using Xunit;

namespace WinMmf.Mono.Missing;

internal static class AllocationMembers
{
    extension(GC)
    {
        public static long GetAllocatedBytesForCurrentThread() =>
            throw new SkipException("This runtime does not count what a thread allocates.");
    }
}

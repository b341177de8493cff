namespace WinMmf.Benchmarks.Transports;

/// <summary>Offsets in the mapping that a mutex guards.</summary>
internal static class MutexEventLayout
{
    /// <summary>Counts frames; written under the mutex.</summary>
    public const int Number = 0;

    /// <summary>A <c>pthread_mutex_t</c>, where the system keeps it in shared memory.</summary>
    public const int Mutex = 128;

    /// <summary>A <c>pthread_cond_t</c>.</summary>
    public const int Condition = 256;

    public const int Data = 4096;
}

using System;
using System.Collections.Concurrent;

namespace WinMmf.Locking;

/// <summary>
/// The locks that this process has. The reference keeps a forgotten one from the garbage collector, which would finalize its parts in any
/// order. Those that are left when the process exits normally are released.
/// </summary>
internal static class HeldLocks
{
    private static readonly ConcurrentDictionary<SharedMemoryLock, bool> Held = new();
    private static readonly Lazy<bool> Watch = new(static () =>
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => ReleaseAll();
        return true;
    });

    public static void Add(SharedMemoryLock taken)
    {
        _ = Watch.Value;
        Held.TryAdd(taken, true);
    }

    public static void Remove(SharedMemoryLock given) => Held.TryRemove(given, out _);

    private static void ReleaseAll()
    {
        foreach (SharedMemoryLock one in Held.Keys)
            one.Dispose();
    }
}

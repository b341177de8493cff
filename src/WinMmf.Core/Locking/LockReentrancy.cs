using System.Collections.Concurrent;
using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.Locking;

/// <summary>
/// Which owners of this process have or take which lock. A token means nothing outside its process, so this need not be shared; and a
/// second lock of the same owner would wait for itself.
/// </summary>
internal static class LockReentrancy
{
    private static readonly ConcurrentDictionary<KeyValuePair<SharedName, ulong>, bool> Entered = new();

    public static bool TryEnter(SharedName name, ulong token) => Entered.TryAdd(new(name, token), true);

    public static void Leave(SharedName name, ulong token) => Entered.TryRemove(new(name, token), out _);
}

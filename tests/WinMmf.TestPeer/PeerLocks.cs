using System;
using System.Globalization;
using System.Threading;
using WinMmf.Locking;
using WinMmf.Memory;

namespace WinMmf.TestPeer;

/// <summary>What a peer does with locks, also half of it: a peer that is killed afterwards died at that step.</summary>
internal static unsafe class PeerLocks
{
    /// <summary>lock KEY MEMORY MODE MILLISECONDS LABEL</summary>
    public static SharedMemoryLock Take(NamedMemory memory, string[] fields) =>
        memory.Lock(Enum.Parse<LockMode>(fields[3]), TimeSpan.FromMilliseconds(int.Parse(fields[4], CultureInfo.InvariantCulture)), null,
            fields[5]);

    /// <summary>stage - MEMORY MODE STATE PART: claims a row, takes its part of the word if asked to, and stays in a state.</summary>
    public static string Stage(NamedMemory memory, string[] fields)
    {
        LockMode mode = Enum.Parse<LockMode>(fields[3]);
        LockTable table = memory.Locks.Table!;
        if (!table.TryClaim(mode, new LockOwner().Token, "staged", out int row))
            return "none";
        if (fields[5] == "part")
        {
            uint* word = memory.WordAddress;
            LockWord seen = new(Volatile.Read(ref *word));
            while (!Atomic.TryExchange(word, seen.Value, seen.Taken(mode, marked: true)))
                seen = new(Volatile.Read(ref *word));
        }

        table.WriteState(row, Enum.Parse<LockRowState>(fields[4]));
        return "ok\t" + row.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>rescue - MEMORY: takes the recovery word and keeps it.</summary>
    public static string BeginRecovery(NamedMemory memory) => memory.Locks.Table!.TryBeginRecovery(new LockOwner().Token) ? "ok" : "none";

    /// <summary>add - MEMORY COUNT: increments the u64 at the start of the data that often, each time under the lock.</summary>
    public static string Add(NamedMemory memory, int count)
    {
        LockOwner owner = new();
        ulong* counter = (ulong*)memory.Data;
        for (int i = 0; i < count; i++)
        {
            using SharedMemoryLock held = memory.Lock(LockMode.Write, TimeSpan.FromSeconds(60), owner);
            *counter += 1;
            held.MarkWritten();
        }

        return "ok";
    }
}

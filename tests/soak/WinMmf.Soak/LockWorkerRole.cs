using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>Takes the lock again and again, for writing and for reading, and says what should never be.</summary>
internal static class LockWorkerRole
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static int Run(string name, int worker)
    {
        using NamedMemory memory = NamedMemory.Open(name, NameScope.Local);
        LockedData data = new(memory);
        LockOwner owner = new();
        Random random = new();
        long done = 0;
        long said = 0;
        bool ended = false;
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Volatile.Write(ref ended, true);
        })
        { IsBackground = true }.Start();
        Console.WriteLine("ready");
        while (!Volatile.Read(ref ended))
        {
            try
            {
                if (random.Next(3) == 0)
                    Read(memory, data, owner);
                else
                    Write(memory, data, owner, worker, random);
            }
            catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.Timeout)
            {
                Console.WriteLine("HANG " + e.Message);
            }
            catch (WinMmfException e)
            {
                Console.WriteLine("error " + e.ErrorId + " " + e.Message);
            }

            done++;
            if (Environment.TickCount64 - said > 50)
            {
                said = Environment.TickCount64;
                Console.WriteLine("at " + done.ToString(CultureInfo.InvariantCulture));
            }

            // Time for others: a lock that is never free does not test acquiring.
            if (random.Next(4) == 0)
                Thread.Sleep(random.Next(3));
        }

        return 0;
    }

    private static void Write(NamedMemory memory, LockedData data, LockOwner owner, int worker, Random random)
    {
        SharedMemoryLock held = memory.Lock(LockMode.Write, Limit, owner, "worker");
        if (!data.IsWhole())
        {
            if (!held.WasSuspect)
                Console.WriteLine("LOST a write, and the content is not suspect");
            if (!data.TryMend())
                Console.WriteLine("LOST more than a dead writer's last write");
        }

        data.Writer = unchecked((long)owner.Token);
        data.Add(worker, random);
        held.MarkWritten();
        if (data.Writer != unchecked((long)owner.Token))
            Console.WriteLine("TAKEN another writer was there at the same time");
        held.Release();
    }

    private static void Read(NamedMemory memory, LockedData data, LockOwner owner)
    {
        SharedMemoryLock held = memory.Lock(LockMode.Read, Limit, owner, "worker");
        bool whole = data.IsWhole();
        long total = data.Total;
        Thread.Sleep(1);
        if (!whole && !held.WasSuspect)
            Console.WriteLine("LOST a write, and the content is not suspect (seen by a reader)");
        if (data.Total != total)
            Console.WriteLine("TAKEN a writer was there beside a reader");
        held.Release();
    }
}

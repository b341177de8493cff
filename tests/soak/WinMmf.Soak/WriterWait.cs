using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>Measures how long a writer waits while 8 processes read in a loop, so that the lock is hardly ever free by itself.</summary>
internal static class WriterWait
{
    private const int Readers = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static int Run(int times)
    {
        SharedName name = new("writer-wait-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture), NameScope.Local);
        using NamedMemory memory = NamedMemory.Create(name, LockedData.Size);
        Child[] readers = Enumerable.Range(0, Readers).Select(_ => new Child("reader", "lock-reader", name.Name)).ToArray();
        try
        {
            foreach (Child reader in readers)
            {
                int position = 0;
                if (reader.WaitForLine("ready", Limit, ref position) is null)
                    throw new InvalidOperationException("a reader did not start");
            }

            LockOwner owner = new();
            double[] waits = new double[times];
            int busy = 0;
            for (int i = 0; i < times; i++)
            {
                if (memory.LockWord.Readers > 0)
                    busy++;
                long start = Stopwatch.GetTimestamp();
                using (memory.Lock(LockMode.Write, Limit, owner))
                    waits[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                Thread.Sleep(5);
            }

            Array.Sort(waits);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"writer among {Readers} readers, {times} times ({busy} of them begun while somebody read): median {waits[times / 2]:0.0} "
                    + $"ms, p99 {waits[times * 99 / 100]:0.0} ms, worst {waits[^1]:0.0} ms"));
            Console.WriteLine("1 passed, 0 failed, 0 skipped");
            return 0;
        }
        finally
        {
            foreach (Child reader in readers)
                reader.Dispose();
        }
    }

    /// <summary>One reader: 1 ms with the lock, then at once again.</summary>
    public static int Read(string name)
    {
        using NamedMemory memory = NamedMemory.Open(name, NameScope.Local);
        LockOwner owner = new();
        Console.WriteLine("ready");
        while (true)
        {
            using SharedMemoryLock held = memory.Lock(LockMode.Read, Limit, owner);
            Thread.Sleep(1);
        }
    }
}

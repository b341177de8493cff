using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Locking;

public sealed class SharedMemoryLockTests : LockTest
{
    [Fact]
    public void A_writer_is_alone_and_the_word_shows_him()
    {
        using NamedMemory other = OpenAgain();
        SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce, null, "me");
        Assert.Equal(0xC000_0000u, Word);
        Assert.True(held.IsHeld && held.HasRow);
        Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => other.Lock(LockMode.Read, AtOnce)));
        Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => other.Lock(LockMode.Write, AtOnce)));
        held.Release();
        Assert.Equal(0u, Word);
        Assert.False(held.IsHeld);
        held.Release();
        other.Lock(LockMode.Write, AtOnce).Dispose();
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void Readers_share_and_are_marked()
    {
        using NamedMemory other = OpenAgain();
        using SharedMemoryLock one = Memory.Lock(LockMode.Read, AtOnce);
        using SharedMemoryLock two = other.Lock(LockMode.Read, AtOnce);
        Assert.Equal(0x0200_0002u, Word);
        Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => other.Lock(LockMode.Write, AtOnce)));
        one.Dispose();
        Assert.Equal(0x0100_0001u, Word);
    }

    [Fact]
    public void A_timeout_says_who_has_it()
    {
        using SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce, null, "night shift");
        using NamedMemory other = OpenAgain();
        Stopwatch watch = Stopwatch.StartNew();
        WinMmfException e = Assert.Throws<WinMmfException>(() => other.Lock(LockMode.Read, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(watch.ElapsedMilliseconds, 280, 10_000);
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        Assert.Contains($"process {Environment.ProcessId} ", e.Message, StringComparison.Ordinal);
        Assert.Contains("night shift", e.Message, StringComparison.Ordinal);
        Assert.Contains("0.3 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_owner_has_it_once()
    {
        LockOwner owner = new();
        using NamedMemory other = OpenAgain();
        using (Memory.Lock(LockMode.Read, AtOnce, owner))
        {
            Assert.Equal(WinMmfErrorId.AlreadyLocked, ErrorOf(() => other.Lock(LockMode.Read, AtOnce, owner)));
            Assert.Equal(WinMmfErrorId.AlreadyLocked, ErrorOf(() => Memory.Lock(LockMode.Write, AtOnce, owner)));
            using SharedMemoryLock another = Memory.Lock(LockMode.Read, AtOnce, new LockOwner());
        }

        Memory.Lock(LockMode.Write, AtOnce, owner).Dispose();
        Assert.Equal(WinMmfErrorId.Timeout, Held(() => ErrorOf(() => Memory.Lock(LockMode.Write, AtOnce, owner))));
        Memory.Lock(LockMode.Write, AtOnce, owner).Dispose();

        // A failed attempt is no lock.
        WinMmfErrorId Held(Func<WinMmfErrorId> attempt)
        {
            using SharedMemoryLock held = other.Lock(LockMode.Write, AtOnce);
            return attempt();
        }
    }

    [Fact]
    public void Any_thread_gives_it_back()
    {
        SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce);
        Thread thread = new(held.Release);
        thread.Start();
        Assert.True(thread.Join(Soon));
        Assert.Equal(0u, Word);
    }

    [Fact]
    public void Closing_the_memory_gives_it_back()
    {
        NamedMemory other = OpenAgain();
        SharedMemoryLock held = other.Lock(LockMode.Write, AtOnce);
        other.Dispose();
        Assert.False(held.IsHeld);
        Assert.Equal(0u, Word);
        Assert.Empty(Inspect().Owners);
    }

    [Fact]
    public async Task A_waiter_is_woken()
    {
        using NamedMemory other = OpenAgain();
        SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce);
        Task<SharedMemoryLock> waiting = Task.Run(() => other.Lock(LockMode.Write, Soon));
        Assert.True(Given.Soon(() => Inspect().Waiters.Count == 1));
        Assert.Equal(LockVerdict.Waiting, Inspect().Verdict);
        held.Release();
        (await waiting.WaitAsync(Soon)).Dispose();
        Assert.Equal(LockVerdict.Free, Inspect().Verdict);
    }

    [Fact]
    public void Waiting_ends_when_it_is_cancelled()
    {
        using NamedMemory other = OpenAgain();
        using SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce);
        using CancellationTokenSource source = new(200);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => other.Lock(LockMode.Write, TimeSpan.FromMinutes(5), cancellation: source.Token));
        Assert.InRange(watch.ElapsedMilliseconds, 100, 10_000);
        Assert.Empty(Inspect().Waiters);
    }

    [Fact]
    public void A_memory_that_is_read_only_is_not_locked()
    {
        using NamedMemory other = NamedMemory.Open(Memory.Name.Name, Memory.Name.Scope, writable: false);
        Assert.Equal(WinMmfErrorId.MemoryReadOnly, ErrorOf(() => other.Lock(LockMode.Read, AtOnce)));
    }

    [Fact]
    public void Sixteen_million_readers_are_too_many()
    {
        Word = 0x00FF_FFFF;
        Assert.Equal(WinMmfErrorId.TooManyReaders, ErrorOf(() => Memory.Lock(LockMode.Read, Soon)));
        Assert.Equal(0x00FF_FFFFu, Word);
        Assert.Equal(WinMmfErrorId.Timeout, ErrorOf(() => Memory.Lock(LockMode.Write, AtOnce)));
        Word = 0;
        Assert.Empty(Inspect().Owners);
    }

    [Theory]
    [InlineData(0xFF00_0000u)]
    [InlineData(0x4000_0000u)]
    [InlineData(0x8000_0001u)]
    [InlineData(0x0200_0001u)]
    [InlineData(0xFFFF_FFFFu)]
    public void A_corrupt_word_is_an_error_and_not_touched(uint word)
    {
        Word = word;
        Assert.Equal(WinMmfErrorId.CorruptLock, ErrorOf(() => Memory.Lock(LockMode.Read, Soon)));
        Assert.Equal(WinMmfErrorId.CorruptLock, ErrorOf(() => Memory.Lock(LockMode.Write, Soon)));
        Assert.Equal(LockVerdict.Corrupt, Inspect().Verdict);
        Assert.Equal(word, Word);
        Word = 0;
    }

    [Fact]
    public void A_lock_that_was_taken_away_by_hand_is_reported()
    {
        SharedMemoryLock held = Memory.Lock(LockMode.Write, AtOnce);
        Word = 0;
        Assert.Equal(LockVerdict.Corrupt, Inspect().Verdict);
        Assert.Equal(WinMmfErrorId.CorruptLock, ErrorOf(held.Release));
        Assert.False(held.IsHeld);
        Assert.Equal(LockVerdict.Free, Inspect().Verdict);
    }

    [Fact]
    public void Rows_that_have_run_out_are_waited_for()
    {
        SharedMemoryLock[] held = new SharedMemoryLock[63];
        for (int i = 0; i < held.Length; i++)
            held[i] = Memory.Lock(LockMode.Read, AtOnce);
        Assert.Equal(0x3F00_003Fu, Word);
        WinMmfException e = Assert.Throws<WinMmfException>(() => Memory.Lock(LockMode.Read, TimeSpan.FromMilliseconds(50)));
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        Assert.Contains("63", e.Message, StringComparison.Ordinal);
        held[17].Dispose();
        Memory.Lock(LockMode.Read, AtOnce).Dispose();
        foreach (SharedMemoryLock one in held)
            one.Dispose();
        Assert.Equal(0u, Word);
    }

    [Fact]
    public async Task A_foreign_client_and_we_keep_each_other_out()
    {
        // As winmmf does it: CAS 0 to bit 31; it never wakes a waiter.
        Exchange(0, 0x8000_0000);
        Task<SharedMemoryLock> waiting = Task.Run(() => Memory.Lock(LockMode.Read, Soon));
        Assert.True(Given.Soon(() => Inspect().Waiters.Count == 1));
        Assert.Equal(LockVerdict.Foreign, Inspect().Verdict);
        await Task.Delay(50);
        Assert.False(waiting.IsCompleted);
        Word = 0;
        SharedMemoryLock held = await waiting.WaitAsync(Soon);

        // A foreign reader beside one of WinMmf, each giving back its own.
        Exchange(0x0100_0001, 0x0100_0002);
        Assert.Equal((2, 1), (new LockWord(Word).Readers, new LockWord(Word).ForeignReaders));
        held.Release();
        Assert.Equal(1u, Word);
        Word = 0;
    }

    [Fact]
    public unsafe void Guarded_increments_of_many_owners_are_all_there()
    {
        const int Threads = 4;
        const int Times = 2000;
        ulong* counter = (ulong*)Memory.Data;
        int readersAtOnce = 0;
        Given.InParallel(Threads, () =>
        {
            LockOwner owner = new();
            using NamedMemory mine = OpenAgain();
            for (int i = 0; i < Times; i++)
            {
                using (mine.Lock(LockMode.Write, Soon, owner))
                {
                    if (Volatile.Read(ref readersAtOnce) != 0)
                        throw new InvalidOperationException("A reader beside a writer.");
                    *counter += 1;
                }

                if (i % 4 != 0)
                    continue;
                using (mine.Lock(LockMode.Read, Soon, owner))
                {
                    Interlocked.Increment(ref readersAtOnce);
                    ulong before = *counter;
                    Thread.SpinWait(50);
                    if (*counter != before)
                        throw new InvalidOperationException("A writer beside a reader.");
                    Interlocked.Decrement(ref readersAtOnce);
                }
            }
        });
        Assert.Equal((ulong)(Threads * Times), *counter);
        Assert.Equal(0u, Word);
        LockReport report = Inspect();
        Assert.Equal((LockVerdict.Free, 0, 0), (report.Verdict, report.Owners.Count, report.Waiters.Count));
    }
}

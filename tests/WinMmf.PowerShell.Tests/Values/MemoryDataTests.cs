using System;
using System.Diagnostics;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Session;
using WinMmf.PowerShell.Values;
using Xunit;

namespace WinMmf.PowerShell.Tests.Values;

public sealed class MemoryDataTests : IDisposable
{
    private readonly NamedMemory _memory = NamedMemory.Create(new SharedName($"data.{Guid.NewGuid():N}", NameScope.Local), 64);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_is_written_is_read_and_nothing_else_changes()
    {
        MemoryData.Write(_memory, 60, [1, 2, 3, 4]);
        Assert.Equal([0, 1, 2, 3, 4], MemoryData.Read(_memory, 59, null, 1));
        Assert.Equal([1, 2], MemoryData.Read(_memory, 60, 2, 1));
        Assert.Equal(64, MemoryData.Read(_memory, 0, null, 1).Length);
        Assert.Empty(MemoryData.Read(_memory, 64, null, 1));
        MemoryData.Write(_memory, 64, []);
        Assert.Equal("Free", _memory.LockWord.ToString());
    }

    [Theory]
    [InlineData(65, null, 1)]
    [InlineData(0, 65L, 1)]
    [InlineData(61, 1L, 4)]
    [InlineData(0, 9L, 8)]
    [InlineData(long.MaxValue, null, 1)]
    [InlineData(1, long.MaxValue, 8)]
    [InlineData(-1, 1L, 1)]
    public void A_range_outside_is_an_error_that_says_the_size(long offset, long? count, int size)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => MemoryData.Read(_memory, offset, count, size));
        Assert.Equal(WinMmfErrorId.OutOfBounds, e.ErrorId);
        Assert.Contains("64 bytes", e.Message);
    }

    [Theory]
    [InlineData(MemoryValueType.Byte, null, false, null)]
    [InlineData(MemoryValueType.Text, null, false, null)]
    [InlineData(MemoryValueType.Double, null, false, 1L)]
    [InlineData(MemoryValueType.SByte, null, false, 1L)]
    [InlineData(MemoryValueType.Double, 3L, false, 3L)]
    [InlineData(MemoryValueType.Int32, 0L, false, 0L)]
    [InlineData(MemoryValueType.Double, null, true, null)]
    [InlineData(MemoryValueType.Byte, null, true, null)]
    public void One_number_is_read_unless_more_are_asked_for(MemoryValueType type, long? asked, bool all, long? expected) =>
        Assert.Equal(expected, MemoryData.Count(type, asked, all));

    [Fact]
    public void A_number_of_values_and_all_of_them_contradict_each_other() =>
        Assert.Equal(WinMmfErrorId.InvalidArgument,
            Assert.Throws<WinMmfException>(() => MemoryData.Count(MemoryValueType.Int16, 2, all: true)).ErrorId);

    [Fact]
    public void A_write_that_does_not_fit_changes_nothing()
    {
        Assert.Equal(WinMmfErrorId.OutOfBounds, Assert.Throws<WinMmfException>(() => MemoryData.Write(_memory, 63, [1, 1])).ErrorId);
        Assert.All(MemoryData.Read(_memory, 0, null, 1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_mapping_for_reading_is_never_written()
    {
        using NamedMemory reader = NamedMemory.Open(_memory.Name.Name, _memory.Name.Scope, writable: false);
        Assert.Equal(WinMmfErrorId.MemoryReadOnly, Assert.Throws<WinMmfException>(() => MemoryData.Write(reader, 0, [1])).ErrorId);
        WinMmfException e = Assert.Throws<WinMmfException>(() => Take(reader, LockMode.Read, TimeSpan.Zero));
        Assert.Contains("-NoLock", Remedies.For(e));
    }

    [Fact]
    public void Writing_waits_for_a_reader_and_says_in_the_end_who_it_is()
    {
        using NamedMemory other = NamedMemory.Open(_memory.Name.Name, _memory.Name.Scope);
        using (_memory.Lock(LockMode.Read, TimeSpan.Zero, label: "the reader"))
        {
            Take(other, LockMode.Read, TimeSpan.Zero)!.Dispose();
            Stopwatch watch = Stopwatch.StartNew();
            WinMmfException e = Assert.Throws<WinMmfException>(() => Take(other, LockMode.Write, TimeSpan.FromMilliseconds(200)));
            Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
            Assert.Contains("the reader", e.Message);
            Assert.True(watch.ElapsedMilliseconds >= 190);
        }

        Take(other, LockMode.Write, TimeSpan.Zero)!.Dispose();
        Assert.Equal("Free", _memory.LockWord.ToString());
    }

    [Fact]
    public void Under_a_lock_of_the_session_no_second_one_is_taken()
    {
        LockOwner session = new();
        using SharedMemoryLock held = _memory.Lock(LockMode.Read, TimeSpan.Zero, session);
        using NamedMemory other = NamedMemory.Open(_memory.Name.Name, _memory.Name.Scope);
        Assert.Null(Take(other, LockMode.Read, TimeSpan.Zero, LockMode.Read, session));
        Assert.Null(Take(other, LockMode.Read, TimeSpan.Zero, LockMode.Write, session));
        Assert.Null(Take(other, LockMode.Write, TimeSpan.Zero, LockMode.Write, session));
        WinMmfException e = Assert.Throws<WinMmfException>(() => Take(other, LockMode.Write, TimeSpan.Zero, LockMode.Read, session));
        Assert.Equal(WinMmfErrorId.AlreadyLocked, e.ErrorId);
        Assert.True(held.IsHeld);
    }

    private static IDisposable? Take(NamedMemory memory, LockMode mode, TimeSpan timeout, LockMode? held = null, LockOwner? owner = null) =>
        DataLock.Take(memory, mode, held, owner, timeout, "test", CancellationToken.None);
}

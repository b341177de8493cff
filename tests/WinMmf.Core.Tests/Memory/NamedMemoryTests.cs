using System;
using System.Linq;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Tests.Memory;

public sealed class NamedMemoryTests
{
    private static SharedName NewName(NameScope scope = NameScope.Local) => new("memory-" + Guid.NewGuid().ToString("N"), scope);

    [Theory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public unsafe void What_one_writes_the_other_reads(NameScope scope)
    {
        SharedName name = NewName(scope);
        using NamedMemory memory = NamedMemory.Create(name, 5000);
        using NamedMemory opened = NamedMemory.Open(name.Name);
        Assert.Equal(name, opened.Name);
        Assert.Equal(5000, opened.DataSize);
        new Span<byte>((void*)memory.Data, 5000).Fill(42);
        Assert.Equal(-1, new ReadOnlySpan<byte>((void*)opened.Data, 5000).IndexOfAnyExcept((byte)42));
        Assert.Equal("Free", opened.LockWord.ToString());
        Assert.Equal((uint)Environment.ProcessId, opened.Origin!.Creator.ProcessId);
    }

    [Fact]
    public unsafe void Creating_never_adopts_and_says_who_made_it()
    {
        SharedName name = NewName();
        using NamedMemory memory = NamedMemory.Create(name, 100);
        *(byte*)memory.Data = 7;
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Create(name, 100));
        Assert.Equal(WinMmfErrorId.AlreadyExists, e.ErrorId);
        Assert.Contains($"process {Environment.ProcessId} ", e.Message, StringComparison.Ordinal);
        Assert.Equal(7, *(byte*)memory.Data);
        using NamedMemory opened = NamedMemory.Open(name.Name);
        Assert.NotNull(opened.Origin);
    }

    [Fact]
    public void A_channel_is_not_adopted_either()
    {
        SharedName name = NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name));
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Create(name, 100));
        Assert.Equal(WinMmfErrorId.AlreadyExists, e.ErrorId);
        Assert.Contains("frame channel", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_memory_is_no_channel_and_nothing_is_published_there()
    {
        SharedName name = NewName();
        using NamedMemory memory = NamedMemory.Create(name, 100);
        Assert.Equal(WinMmfErrorId.NotAChannel, Assert.Throws<WinMmfException>(() => FrameReader.Open(name.Name)).ErrorId);
        Assert.Equal(
            WinMmfErrorId.AlreadyExists, Assert.Throws<WinMmfException>(() => FrameWriter.Create(new FrameChannelOptions(name))).ErrorId);
        Assert.Equal("Free", memory.LockWord.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Impossible_sizes_are_refused(long size) =>
        Assert.Equal(WinMmfErrorId.InvalidSize, Assert.Throws<WinMmfException>(() => NamedMemory.Create(NewName(), size)).ErrorId);

    [Fact]
    public void A_size_beyond_memory_is_refused_and_leaves_nothing()
    {
        SharedName name = NewName();
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Create(name, 1L << 39));
        Assert.Equal(WinMmfErrorId.OutOfSharedMemory, e.ErrorId);
        Assert.DoesNotContain(SharedMemoryCatalogue.ListNames(), n => n == name);
        using NamedMemory memory = NamedMemory.Create(name, 10);
    }

    [Fact]
    public void A_missing_name_is_told_with_both_scopes()
    {
        string name = NewName().Name;
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Open(name));
        Assert.Equal(WinMmfErrorId.NotFound, e.ErrorId);
        Assert.Contains("Local", e.Message, StringComparison.Ordinal);
        Assert.Contains("Global", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_both_scopes_opens_the_local_one_and_says_so()
    {
        string name = NewName().Name;
        using NamedMemory global = NamedMemory.Create(new SharedName(name, NameScope.Global), 10);
        using NamedMemory local = NamedMemory.Create(new SharedName(name, NameScope.Local), 20);
        using NamedMemory opened = NamedMemory.Open(name);
        Assert.Equal(NameScope.Local, opened.Name.Scope);
        Assert.True(opened.ExistsInBothScopes);
        using NamedMemory asked = NamedMemory.Open(name, NameScope.Global);
        Assert.False(asked.ExistsInBothScopes);
        Assert.Equal(10, asked.DataSize);
    }

    [Fact]
    public unsafe void It_lives_until_the_last_one_lets_go()
    {
        SharedName name = NewName();
        NamedMemory memory = NamedMemory.Create(name, 10);
        NamedMemory opened = NamedMemory.Open(name.Name, name.Scope);
        *(byte*)memory.Data = 9;
        memory.Dispose();
        using (NamedMemory third = NamedMemory.Open(name.Name, name.Scope))
            Assert.Equal(9, *(byte*)third.Data);
        opened.Dispose();
        Assert.Equal(WinMmfErrorId.NotFound, Assert.Throws<WinMmfException>(() => NamedMemory.Open(name.Name, name.Scope)).ErrorId);
    }

    [Fact]
    public async Task Of_many_creators_at_once_one_wins_and_the_others_are_told()
    {
        for (int round = 0; round < 30; round++)
        {
            SharedName name = NewName();
            Task<object?>[] creators = Enumerable.Range(0, 4).Select(_ => Task.Run<object?>(() =>
            {
                try
                {
                    return NamedMemory.Create(name, 100);
                }
                catch (WinMmfException e)
                {
                    return e.ErrorId;
                }
            })).ToArray();
            object?[] outcomes = await Task.WhenAll(creators);
            NamedMemory winner = Assert.IsType<NamedMemory>(Assert.Single(outcomes, o => o is NamedMemory));
            Assert.Equal(3, outcomes.Count(o => o is WinMmfErrorId.AlreadyExists));
            using (NamedMemory opened = NamedMemory.Open(name.Name, name.Scope))
                Assert.NotNull(opened.Origin);
            winner.Dispose();
            Assert.DoesNotContain(SharedMemoryCatalogue.ListNames(), n => n == name);
        }
    }
}

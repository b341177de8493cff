using System;
using System.Linq;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Frames;
using Xunit;

namespace WinMmf.Management.Tests.Catalogue;

public sealed class SharedMemoryCatalogueTests
{
    [Fact]
    public void Channels_and_memories_are_listed_with_what_they_are()
    {
        using TestChannel channel = new();
        channel.Publish(3);
        SharedName name = new("memory-" + Guid.NewGuid().ToString("N"), NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 1000);

        SharedMemoryReport[] all = SharedMemoryCatalogue.List().ToArray();
        SharedMemoryReport listedChannel = Assert.Single(all, r => r.Name == channel.Name);
        Assert.Equal(SharedMemoryKind.FrameChannel, listedChannel.Kind);
        Assert.Equal(ChannelState.Live, listedChannel.Channel!.State);
        Assert.Equal(3, listedChannel.Channel.Newest!.Value.FrameNumber);
        Assert.Equal((uint)Environment.ProcessId, listedChannel.Owner.ProcessId);
        Assert.Equal("test", listedChannel.Channel.Source);
        Assert.NotNull(listedChannel.OwnerProgram);

        SharedMemoryReport listedMemory = Assert.Single(all, r => r.Name == name);
        Assert.Equal(SharedMemoryKind.Memory, listedMemory.Kind);
        Assert.Equal(1000, listedMemory.Size);
        Assert.Equal("Free", listedMemory.Lock.ToString());
        Assert.DoesNotContain(SharedMemoryCatalogue.ListNames(NameScope.Local), n => n == name);
        Assert.Null(SharedMemoryCatalogue.Look(new SharedName("absent-" + Guid.NewGuid().ToString("N"), NameScope.Local)));
    }
}

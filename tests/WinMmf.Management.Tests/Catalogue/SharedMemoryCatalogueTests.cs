using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Tests.Frames;
using WinMmf.Tests.Platform;
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

    /// <summary>Who may write a memory may cut it short, and that would end an administrator's shell that has it mapped.</summary>
    [Fact]
    public void Looking_maps_nothing()
    {
        using TestChannel channel = new();
        channel.Publish();
        SharedName name = new("memory-" + Guid.NewGuid().ToString("N"), NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 1000);
        using SharedMemoryLock held = memory.Lock(LockMode.Write, TimeSpan.FromSeconds(30));
        CountingPlatform platform = new();
        LookingPlatform looking = new(platform);
        Assert.Equal(SharedMemoryKind.FrameChannel, SharedMemoryCatalogue.Look(looking, channel.Name)!.Kind);
        SharedMemoryReport report = SharedMemoryCatalogue.Look(looking, name)!;
        Assert.Equal((SharedMemoryKind.Memory, LockVerdict.Held), (report.Kind, report.Verdict));
        Assert.Equal(0, platform.Mappings);

        // What is counted is what would map.
        platform.TryOpen(name, writable: false)!.Dispose();
        Assert.Equal(1, platform.Mappings);
        held.Release();
    }

    /// <summary>Administration of the machine as it is, over a core of one's own.</summary>
    private sealed class LookingPlatform(IPlatform core) : IManagementPlatform
    {
        private readonly IManagementPlatform _real = ManagementServices.Current;

        public IPlatform Core => core;

        public INameCatalogue Catalogue => _real.Catalogue;

        public IHolderFinder Holders => _real.Holders;

        public IEnvironmentProbe Environment => _real.Environment;

        public IControlPipes ControlPipes => _real.ControlPipes;

        public ICameraFinder Cameras => _real.Cameras;

        public IProgramStarter Programs => _real.Programs;

        public IProgramTrust ProgramTrust => _real.ProgramTrust;

        public IOwnFiles OwnFiles => _real.OwnFiles;

        public IReadOnlyList<IRegistrar> Registrars => _real.Registrars;

        public IEnumerable<string> DotNetFolders => _real.DotNetFolders;

        public string ProgramSuffix => _real.ProgramSuffix;

        public IDisposable? TryGuardTerminal(string restore) => _real.TryGuardTerminal(restore);

        public string HowToInstallFfmpeg => _real.HowToInstallFfmpeg;
    }
}

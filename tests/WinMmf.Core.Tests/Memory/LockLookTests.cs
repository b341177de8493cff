using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Frames;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Memory;

/// <summary>The lock of a memory for who only looks: it maps nothing, holds nothing, and survives what others do to the file.</summary>
public sealed unsafe class LockLookTests
{
    private readonly SharedName _name = Given.NewName();

    [Fact]
    public void It_shows_the_word_as_it_is_now()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, null);
        Assert.Equal(_name, look.Name);
        Assert.Equal(0u, look.ReadWord());
        using (SharedMemoryLock held = memory.Lock(LockMode.Write, TimeSpan.FromSeconds(30)))
        {
            Assert.NotEqual(0u, look.ReadWord());
            held.Release();
        }

        Assert.Equal(0u, look.ReadWord());
    }

    [Fact]
    public void It_changes_nothing()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, _name.Scope);
        Assert.False(look.IsWritable);
        Assert.Throws<InvalidOperationException>(() => look.TryExchangeWord(0, 1));
        Assert.Throws<InvalidOperationException>(() => (nint)look.WordAddress);
        Assert.Equal(0u, look.ReadWord());
    }

    [Fact]
    public void A_channel_has_no_lock_and_what_is_not_there_is_not_found()
    {
        using TestChannel channel = new();
        Assert.Equal(WinMmfErrorId.NotAMemory, Given.ErrorOf(() => LockLook.Open(Given.Platform, channel.Name.Name, null)));
        Assert.Equal(WinMmfErrorId.NotFound, Given.ErrorOf(() => LockLook.Open(Given.Platform, _name.Name, null)));
        Assert.Equal(WinMmfErrorId.InvalidName, Given.ErrorOf(() => LockLook.Open(Given.Platform, "a/b", null)));
    }

    [SkippableFact]
    public void It_maps_nothing()
    {
        Given.SkipUnlessLinux();
        using Peer peer = Peer.Start();
        peer.Must("new-memory", "m", _name.Name, _name.Scope, 64);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, null);
        Assert.Equal(0u, look.ReadWord());
        Assert.DoesNotContain(_name.Name, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        peer.Kill();
    }

    [SkippableFact]
    public void A_file_cut_short_is_an_error_and_not_the_end()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows sections cannot shrink.");
        using NamedMemory memory = NamedMemory.Create(_name, 10_000);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, null);
        using (FileStream file = new(LinuxGiven.PathOf(_name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(0);
            Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => look.ReadWord()));
            file.SetLength(LockWord.Size);
            Assert.Equal(WinMmfErrorId.Truncated, Given.ErrorOf(() => look.ReadWord()));
            Assert.Equal(WinMmfErrorId.Truncated, Given.ErrorOf(() => LockLook.Open(Given.Platform, _name.Name, null)));
            file.SetLength(100);
            Assert.Equal(0u, look.ReadWord());
        }
    }

    [Fact]
    public void It_keeps_no_memory_alive()
    {
        NamedMemory memory = NamedMemory.Create(_name, 100);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, null);
        memory.Dispose();
        Assert.False(Given.Exists(_name));
        Assert.Equal(WinMmfErrorId.Truncated, Given.ErrorOf(() => look.ReadWord()));
    }

    [Fact]
    public void A_pause_ends_with_its_token()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        using LockLook look = LockLook.Open(Given.Platform, _name.Name, null);
        using CancellationTokenSource source = new();
        source.Cancel();
        look.Pause(60_000, source.Token);
        Assert.True(source.IsCancellationRequested);
    }
}

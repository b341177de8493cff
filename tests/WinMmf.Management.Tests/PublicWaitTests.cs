using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Management.Control;
using WinMmf.Management.Holders;
using WinMmf.Management.Launching;
using WinMmf.Management.Locks;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Tests.Control;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Processes;
using WinMmf.Tests.Platform;
using WinMmf.Tests.Time;
using Xunit;

namespace WinMmf.Management.Tests;

/// <summary>Each wait of administration treats long time-outs as long, infinite ones as infinite, and refuses negative ones.</summary>
public sealed class PublicWaitTests : IDisposable
{
    private readonly NamedMemory _memory = NamedMemory.Create(Given.NewName(), 64);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [MemberData(nameof(LongWaits.Spans), MemberType = typeof(LongWaits))]
    public void Watching_a_lock_lasts(TimeSpan duration) =>
        LongWaits.LastsUntilCancelled(token => LockSample.Watch(_memory, duration, token));

    [Theory]
    [MemberData(nameof(LongWaits.Spans), MemberType = typeof(LongWaits))]
    public void A_search_for_holders_has_time(TimeSpan timeout) => Assert.True(SharedMemoryHolders.Find(_memory.Name, timeout)!.IsComplete);

    [Theory]
    [MemberData(nameof(LongWaits.Spans), MemberType = typeof(LongWaits))]
    public void A_publisher_has_time_to_begin(TimeSpan timeout)
    {
        string name = $"{FakePublisher.Hangs}.{Guid.NewGuid():N}";
        ModuleProgram program = PublisherProgram.Find("", FakePublisher.Program, ManagementServices.Current);
        try
        {
            PublishRequest request = new(new SharedName(name, NameScope.Local), null);
            LongWaits.LastsUntilCancelled(token => PublisherLauncher.Start(program, request, timeout, token));
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Theory]
    [MemberData(nameof(LongWaits.Spans), MemberType = typeof(LongWaits))]
    public void A_publisher_has_time_to_end(TimeSpan timeout) =>
        LongWaits.LastsUntilCancelled(
            token => PublisherControl.WaitForEnd(static () => false, WinMmf.Time.Deadline.After(timeout), token));

    [Theory]
    [MemberData(nameof(LongWaits.Negative), MemberType = typeof(LongWaits))]
    public void Negative_ones_are_refused_before_anything_is_done(TimeSpan timeout)
    {
        ModuleProgram program = PublisherProgram.Find("", FakePublisher.Program, ManagementServices.Current);
        PublishRequest request = new(new SharedName(FakePublisher.Ready, NameScope.Local), null);
        ControlDescription description = new() { Slots = 4, Owner = new ProcessIdentity((uint)Process.GetCurrentProcess().Id, 1, 0) };
        ChannelReport channel = new(_memory.Name, "", ChannelState.Live, description, default, null, null);
        Assert.Throws<ArgumentOutOfRangeException>(() => LockSample.Watch(_memory, timeout, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => LockRecovery.Trust(_memory.Name, timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMemoryHolders.Find(_memory.Name, timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublisherLauncher.Start(program, request, timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublisherControl.Stop(channel, force: true, timeout));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryKeeper.Stop(_memory.Name, _memory.Origin!, timeout));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Commands;
using WinMmf.PowerShell.Targets;
using WinMmf.PowerShell.Tests.Frames;
using WinMmf.Time;
using Xunit;

namespace WinMmf.PowerShell.Tests;

public sealed class MemoryWaitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly SharedName _name = new($"wait.{Guid.NewGuid():N}", NameScope.Local);

    [Fact]
    public async Task A_memory_that_appears_is_given_and_one_that_goes_is_waited_for()
    {
        Task<IReadOnlyList<SharedMemoryReport>> appears = Wait(SharedMemoryCondition.Exists);
        await Task.Delay(150);
        Assert.False(appears.IsCompleted);
        NamedMemory memory = NamedMemory.Create(_name, 100);
        Assert.Equal(_name, (await appears).Single().Name);

        Task<IReadOnlyList<SharedMemoryReport>> goes = Wait(SharedMemoryCondition.Gone);
        await Task.Delay(150);
        Assert.False(goes.IsCompleted);
        memory.Dispose();
        Assert.Empty(await goes);
    }

    [Fact]
    public async Task A_channel_is_live_only_with_a_frame_of_its_publisher()
    {
        using TestCamera camera = new(_name);
        Task<IReadOnlyList<SharedMemoryReport>> live = Wait(SharedMemoryCondition.Live), frame = Wait(SharedMemoryCondition.Frame);
        await Task.Delay(150);
        Assert.False(frame.IsCompleted);
        camera.Publish(1);
        Assert.NotNull((await frame).Single().Channel!.Newest);
        Assert.Single(await live);
    }

    [Fact]
    public void The_time_out_says_how_it_is_now()
    {
        Assert.Contains("nothing of that name", Late(SharedMemoryCondition.Exists).Message);
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        Assert.Contains("is Free", Late(SharedMemoryCondition.Gone).Message);
        Assert.Contains("did not become live", Late(SharedMemoryCondition.Live).Message);
    }

    [Fact]
    public void Ctrl_C_ends_it()
    {
        using CancellationTokenSource source = new(100);
        Assert.ThrowsAny<OperationCanceledException>(() => For(SharedMemoryCondition.Exists).Run(Deadline.Never, null, source.Token));
    }

    private MemoryWait For(SharedMemoryCondition condition) => new(_name.Name, Find, condition);

    private IEnumerable<SharedMemoryReport> Find() => SharedMemoryCatalogue.Look(_name) is SharedMemoryReport report
        ? [report]
        : throw new WinMmfException(WinMmfErrorId.NotFound, "Nothing there.");

    private Task<IReadOnlyList<SharedMemoryReport>> Wait(SharedMemoryCondition condition) =>
        Task.Run(() => For(condition).Run(Deadline.After(Long), Long, CancellationToken.None));

    private WinMmfException Late(SharedMemoryCondition condition)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(50);
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => For(condition).Run(Deadline.After(limit), limit, CancellationToken.None));
        Assert.Equal(limit, e.Facts.Waited);
        Assert.Equal(WinMmfErrorId.Timeout, e.ErrorId);
        return e;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Viewer.Channels;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>Locks that the page shows as stuck.</summary>
public sealed class LockWatchTests
{
    [Fact]
    public void A_lock_is_shown_when_the_same_owner_has_had_it_for_some_time_and_no_longer_than_that()
    {
        long now = 1;
        LockWatch watch = new(() => now);
        string name = $"viewer.lock.{Guid.NewGuid():N}";
        using NamedMemory memory = NamedMemory.Create(new SharedName(name, NameScope.Local), 64);
        Assert.Empty(Find());
        using (SharedMemoryLock held = memory.Lock(LockMode.Write, TimeSpan.FromSeconds(10), null, "nightly"))
        {
            Assert.Empty(Find());
            now += (long)LockWatch.Patience.TotalMilliseconds * 1_000_000 - 1;
            Assert.Empty(Find());
            now++;
            (LockReport report, TimeSpan unchanged) = Assert.Single(Find());
            Assert.Equal((LockVerdict.Held, LockWatch.Patience), (report.Verdict, unchanged));
            Assert.Contains("nightly", Assert.Single(report.Owners).ToString(), StringComparison.Ordinal);
            held.Release();
        }

        Assert.Empty(Find());

        // Another owner begins anew.
        using SharedMemoryLock again = memory.Lock(LockMode.Write, TimeSpan.FromSeconds(10), null, "second");
        Assert.Empty(Find());
        again.Release();

        List<(LockReport Report, TimeSpan Unchanged)> Find() =>
            [.. watch.Find(SharedMemoryCatalogue.List()).Where(found => found.Report.Name.Name == name)];
    }

    [Fact]
    public async Task The_page_gets_owner_and_command_of_a_lock_that_a_killed_process_left()
    {
        string name = $"viewer.lock.{Guid.NewGuid():N}";
        using NamedMemory memory = NamedMemory.Create(new SharedName(name, NameScope.Local), 64);
        using (ProgramProcess owner = new("WinMmf.TestPeer", []))
        {
            Assert.Equal("ready", owner.ReadLine());
            owner.WriteLine($"memory\tm\t{name}\tLocal\trw");
            Assert.StartsWith("ok", owner.ReadLine(), StringComparison.Ordinal);
            owner.WriteLine("lock\tl\tm\tWrite\t10000\tnightly");
            Assert.StartsWith("ok", owner.ReadLine(), StringComparison.Ordinal);
            owner.KillHard();
        }

        await using TestViewer viewer = await TestViewer.StartAsync();
        using JsonDocument answer = JsonDocument.Parse(await viewer.Owner.GetStringAsync("/api/channels"));
        JsonElement found = answer.RootElement.GetProperty("locks").EnumerateArray().Single(
            element => element.GetProperty("name").GetString() == name);
        Assert.Equal("Abandoned", found.GetProperty("verdict").GetString());
        Assert.Contains("dead", Assert.Single(found.GetProperty("owners").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal($"Unlock-SharedMemory -Name '{name}' -Scope Local -Force", found.GetProperty("command").GetString());
    }
}

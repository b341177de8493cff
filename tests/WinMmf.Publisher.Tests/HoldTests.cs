using System;
using System.Globalization;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Control;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A plain memory in a process of its own.</summary>
public sealed class HoldTests
{
    [Fact]
    public void It_lives_as_long_as_its_keeper_which_ends_when_asked()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess keeper = PublisherProcess.StartRaw("hold", name, "--size", "5000", "--detached");
        keeper.CloseInput();
        ControlMessage ready = ControlMessage.Read(keeper.Output)!;
        Assert.Equal("READY", ready.Head);
        Assert.Equal((name, "Local", keeper.Id.ToString(CultureInfo.InvariantCulture)), (ready["name"], ready["scope"], ready["pid"]));
        Assert.True(keeper.OutputEnds(), "the output stays open");
        MemoryOrigin origin;
        using (NamedMemory memory = NamedMemory.Open(name))
        {
            Assert.Equal(5000, memory.DataSize);
            origin = memory.Origin!;
            Assert.Equal((uint)keeper.Id, origin.Creator.ProcessId);
        }

        // Only the keeper has it now.
        Assert.Equal(SharedMemoryKind.Memory, SharedMemoryCatalogue.Look(new SharedName(name, NameScope.Local))!.Kind);
        MemoryKeeper.Stop(new SharedName(name, NameScope.Local), origin, TimeSpan.FromSeconds(20));
        Assert.Equal(0, keeper.WaitForExit());
        Assert.Null(SharedMemoryCatalogue.Look(new SharedName(name, NameScope.Local)));
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => MemoryKeeper.Stop(new SharedName(name, NameScope.Local), origin, TimeSpan.Zero));
        Assert.Equal(WinMmfErrorId.NotKept, e.ErrorId);
    }

    [Fact]
    public void A_descriptor_is_used_on_Windows_and_refused_on_Linux()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess keeper = PublisherProcess.StartRaw(
            "hold", name, "--size", "100", "--sddl", "D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GR;;;BU)", "--detached");
        keeper.CloseInput();
        ControlMessage answer = ControlMessage.Read(keeper.Output)!;
        if (OperatingSystem.IsWindows())
        {
            Assert.Equal("READY", answer.Head);
            AccessReport access = MemoryAccess.Read(new SharedName(name, NameScope.Local))!;
            Assert.Contains(access.Main.Entries, static entry => entry.Id == "S-1-5-32-545" && entry.Right == AccessRight.Read);
            Assert.True(access.IsInStep);
        }
        else
        {
            Assert.Equal("FAILED NotSupported", answer.Head);
            Assert.Contains("SDDL", answer["message"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_descriptor_and_accounts_exclude_each_other()
    {
        using PublisherProcess keeper = PublisherProcess.StartRaw(
            "hold", PublisherProcess.NewName(), "--size", "100", "--sddl", "D:P", "--read-access", "Users", "--detached");
        keeper.CloseInput();
        Assert.Equal("FAILED InvalidArgument", ControlMessage.Read(keeper.Output)!.Head);
    }

    [Fact]
    public void It_locks_what_it_keeps_and_says_how_much_is_locked()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess keeper = PublisherProcess.Start("hold", name, "--size", "500000", "--resident", "locked", "--json");
        keeper.WaitForEvent("held");
        using NamedMemory memory = NamedMemory.Open(name);
        long locked = SharedMemoryCatalogue.Look(memory.Name)!.Resident.Locked;
        Assert.Equal(locked, memory.Origin!.Resident.Locked);

        // Wine locks and does not say so; Linux says.
        if (OperatingSystem.IsLinux())
            Assert.InRange(locked, 500_000, 600_000);
    }

    [Fact]
    public void A_keeper_of_another_memory_is_not_ended()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess keeper = PublisherProcess.Start("hold", name, "--size", "100", "--json");
        keeper.WaitForEvent("held");
        using NamedMemory memory = NamedMemory.Open(name);
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => MemoryKeeper.Stop(new SharedName(name + ".x", NameScope.Local), memory.Origin!, TimeSpan.Zero));
        Assert.Equal(WinMmfErrorId.PublisherUnreachable, e.ErrorId);
        Assert.False(keeper.HasExited);
    }

    [Fact]
    public void What_a_killed_keeper_leaves_can_be_made_anew()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess killed = PublisherProcess.Start("hold", name, "--size", "100", "--json");
        killed.WaitForEvent("held");
        killed.KillHard();
        using PublisherProcess keeper = PublisherProcess.Start("hold", name, "--size", "200", "--json");
        keeper.WaitForEvent("held");
        using NamedMemory memory = NamedMemory.Open(name);
        Assert.Equal(200, memory.DataSize);
    }

    [Theory]
    [InlineData("AlreadyExists", 3, "100")]
    [InlineData("InvalidSize", 2, "0")]
    public void It_says_FAILED_and_why(string id, int code, string size)
    {
        string name = PublisherProcess.NewName();
        using NamedMemory? there = code == 3 ? NamedMemory.Create(new SharedName(name, NameScope.Local), 10) : null;
        using PublisherProcess keeper = PublisherProcess.StartRaw("hold", name, "--size", size, "--detached");
        ControlMessage failed = ControlMessage.Read(keeper.Output)!;
        Assert.Equal("FAILED " + id, failed.Head);
        Assert.NotEqual("", failed["message"]);
        Assert.Equal(code, keeper.WaitForExit());
    }
}

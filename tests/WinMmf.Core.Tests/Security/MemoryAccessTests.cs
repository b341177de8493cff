using System;
using System.Linq;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>Reading and changing access, the same on both systems.</summary>
public sealed class MemoryAccessTests
{
    private readonly SharedName _name = Given.NewName(NameScope.Global);

    [Fact]
    public void What_is_not_there_has_no_access() => Assert.Null(MemoryAccess.Read(_name));

    [Fact]
    public void A_new_memory_is_its_owners_alone_in_all_its_objects()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        AccessReport report = MemoryAccess.Read(_name)!;
        Assert.Equal(SharedMemoryKind.Memory, report.Kind);
        string[] expected = OperatingSystem.IsLinux() ? ["memory", "holders", "locks"] : ["memory", "holders"];
        Assert.Equal(expected, report.Objects.Select(static target => target.Part).Where(static part => part != "owner"));
        Assert.True(report.IsInStep);
        Assert.All(report.Main.Entries, static entry => Assert.Equal(AccessRight.Full, entry.Right));
        Assert.Contains(report.Main.Entries, entry => entry.Id == report.Main.OwnerId);
    }

    [Fact]
    public void A_channel_has_all_its_objects_in_step()
    {
        using FrameWriter writer = Publish(AccessPolicy.Private);
        AccessReport report = MemoryAccess.Read(_name)!;
        Assert.Equal(SharedMemoryKind.FrameChannel, report.Kind);
        string[] expected = OperatingSystem.IsWindows() ? ["control", "pixels 1", "registry", "owner"] : ["control", "pixels 1", "door 1"];
        Assert.Equal(expected, expected.Intersect(report.Objects.Select(static target => target.Part)));
        Assert.Equal(OperatingSystem.IsWindows() ? 67 : 3, report.Objects.Count);
        Assert.True(report.IsInStep);
    }

    [Fact]
    public void Granting_and_revoking_leads_back_to_where_it_began()
    {
        using FrameWriter writer = Publish(AccessPolicy.Private);
        string[] before = Descriptors();
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        AccessReport granted = MemoryAccess.Read(_name)!;
        Assert.True(granted.IsInStep);
        Assert.Contains(granted.Main.Entries, static entry => entry.Right == AccessRight.Read);
        Assert.Empty(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Steps);
        MemoryAccess.PlanRevoke(_name, "Everyone").Apply();
        Assert.Equal(before, Descriptors());
    }

    [Fact]
    public void Granting_gives_what_a_channel_made_so_has()
    {
        string[] made;
        using (FrameWriter writer = Publish(Given.Everyone))
            made = Descriptors();
        using FrameWriter other = Publish(AccessPolicy.Private);
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        Assert.Equal(made, Descriptors());
        MemoryAccess.PlanSet(_name, AccessPolicy.Private).Apply();
        MemoryAccess.PlanSet(_name, Given.Everyone).Apply();
        Assert.Equal(made, Descriptors());
    }

    [Fact]
    public void A_plan_changes_nothing_before_it_is_applied()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        string[] before = Descriptors();
        Assert.NotEmpty(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Write).Steps);
        Assert.NotEmpty(MemoryAccess.PlanSet(_name, Given.Everyone).Steps);
        Assert.Equal(before, Descriptors());
    }

    [Fact]
    public void A_memory_can_be_granted_for_reading_alone()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        Assert.Contains(MemoryAccess.Read(_name)!.Main.Entries, static entry => entry.Right == AccessRight.Read);
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Write).Apply();
        Assert.Contains(MemoryAccess.Read(_name)!.Main.Entries, static entry => entry.Right == AccessRight.Write);

        // A smaller grant takes nothing away.
        Assert.Empty(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Steps);
    }

    [Fact]
    public void Pixels_that_come_later_have_the_access_that_the_channel_has_then()
    {
        using FrameWriter writer = Publish(AccessPolicy.Private);
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        FrameFormat larger = FrameFormat.Packed(1024, 512, PixelFormat.Gray8);
        Assert.True(writer.TryBegin(larger, out FrameSlot slot));
        writer.Publish(slot);
        AccessReport report = MemoryAccess.Read(_name)!;
        Assert.Contains(report.Objects, static target => target.Part == "pixels 2");
        Assert.True(report.IsInStep);
        Assert.Equal(report.Main.Descriptor, report.Objects.Single(static target => target.Part == "pixels 2").Descriptor);
    }

    [Fact]
    public void A_publisher_that_takes_over_leaves_the_access_or_brings_its_own_for_all()
    {
        FrameWriter first = Publish(AccessPolicy.Private);
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        string[] granted = Descriptors();
        using FrameReader reader = FrameReader.Open(_name.Name, _name.Scope);
        first.Dispose();
        using (FrameWriter second = Publish(AccessPolicy.Private))
        {
            Assert.True(second.TookOver);
            Assert.Equal(granted, Descriptors());
            Assert.True(MemoryAccess.Read(_name)!.IsInStep);
            MemoryAccess.PlanSet(_name, AccessPolicy.Private).Apply();
        }

        using FrameWriter third = Publish(Given.Everyone);
        Assert.True(third.TookOver);
        Assert.Equal(granted, Descriptors());
        Assert.True(MemoryAccess.Read(_name)!.IsInStep);
    }

    [Fact]
    public void Accounts_that_do_not_exist_and_the_owner_are_refused()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        Assert.Equal(WinMmfErrorId.UnknownAccount,
            Given.ErrorOf(() => MemoryAccess.PlanGrant(_name, "nobody-" + Guid.NewGuid().ToString("N"), AccessRight.Read)));
        Assert.Equal(WinMmfErrorId.UnknownAccount,
            Given.ErrorOf(() => MemoryAccess.PlanSet(_name, new AccessPolicy(["nobody-" + Guid.NewGuid().ToString("N")]))));
        string owner = OperatingSystem.IsWindows()
            ? MemoryAccess.Read(_name)!.Main.OwnerId
            : "user:" + MemoryAccess.Read(_name)!.Main.OwnerId;
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => MemoryAccess.PlanRevoke(_name, owner)));
        Assert.Equal(WinMmfErrorId.NotFound, Given.ErrorOf(() => MemoryAccess.PlanGrant(Given.NewName(), "Everyone", AccessRight.Read)));
    }

    [Fact]
    public void The_caller_may_what_it_made()
    {
        using FrameWriter writer = Publish(AccessPolicy.Private);
        Assert.True(MemoryAccess.Predict(_name, AccessUse.Read).IsAllowed);
        Assert.True(MemoryAccess.Predict(_name, AccessUse.Publish).IsAllowed);
        SharedName plain = Given.NewName(NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(plain, 100);
        Assert.True(MemoryAccess.Predict(plain, AccessUse.Write).IsAllowed);
        Assert.Equal(AccessReason.WrongKind, MemoryAccess.Predict(plain, AccessUse.Publish).Reason);
    }

    [Fact]
    public void A_name_that_is_nowhere_is_said_to_be_so_with_what_makes_it()
    {
        AccessVerdict verdict = MemoryAccess.Predict(_name, AccessUse.Read);
        Assert.Equal(AccessReason.NotFound, verdict.Reason);
        Assert.Equal(new AccessRemedy(AccessRemedyKind.StartPublisher, _name), verdict.Remedy);
        Assert.True(MemoryAccess.Predict(_name, AccessUse.Publish).IsAllowed);
    }

    [Fact]
    public void Descriptors_and_readers_exclude_each_other()
    {
        Assert.Equal(WinMmfErrorId.InvalidArgument, Given.ErrorOf(() => AccessPolicy.From(["Users"], [], "D:P")));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Given.ErrorOf(() => AccessPolicy.From([], ["Users"], "D:P")));
        Assert.Equal(WinMmfErrorId.InvalidArgument, Given.ErrorOf(() => AccessPolicy.FromSddl(" ")));
        Assert.Equal("D:P(A;;GA;;;SY)", AccessPolicy.From([], [], " D:P(A;;GA;;;SY)").Sddl);
    }

    private FrameWriter Publish(AccessPolicy access)
    {
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        return FrameWriter.Create(
            new FrameChannelOptions(_name) { PayloadCapacity = format.PayloadLength, Source = "test", Access = access });
    }

    /// <summary>All descriptors; the owner object's is not looked at where a publisher comes and goes.</summary>
    /// <summary>
    /// What each kind of part says, once if all of the kind say the same: a takeover makes new pixels beside the old ones.
    /// </summary>
    private string[] Descriptors() => [.. MemoryAccess.Read(_name)!.Objects
        .Where(static target => target.Part != "owner")
        .Select(static target => System.Text.RegularExpressions.Regex.Replace(target.ToString()!, "^(door|pixels) [0-9]+", "$1"))
        .Distinct()];
}

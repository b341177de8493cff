using System;
using System.Linq;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>Modes and groups of live files, and whether another account gets in as predicted.</summary>
public sealed class LinuxMemoryAccessTests
{
    private readonly SharedName _name = Given.NewName(NameScope.Global);

    [SkippableFact]
    public void All_files_of_a_channel_change_in_step()
    {
        Given.SkipUnlessLinux();
        using FrameWriter writer = Publish();
        Assert.Equal(["600", "600", "600"], Modes());
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        Assert.Equal(["644", "666", "644"], Modes());
        MemoryAccess.PlanRevoke(_name, "Users").Apply();
        Assert.Equal(["600", "600", "600"], Modes());
    }

    [SkippableFact]
    public void A_group_comes_and_goes_and_leaves_everybody_what_he_had()
    {
        Given.SkipUnlessRoot();
        string group = Nogroup();
        using FrameWriter writer = Publish();
        MemoryAccess.PlanGrant(_name, group, AccessRight.Read).Apply();
        Assert.Equal(["640", "660", "640"], Modes());
        Assert.Contains(MemoryAccess.Read(_name)!.Main.Entries, entry => entry.Id == "group:" + group && entry.Right == AccessRight.Read);
        Assert.Equal(WinMmfErrorId.GroupTaken, Given.ErrorOf(() => MemoryAccess.PlanGrant(_name, "group:root", AccessRight.Read)));
        MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Apply();
        MemoryAccess.PlanRevoke(_name, group).Apply();
        Assert.Equal(["644", "666", "644"], Modes());
        MemoryAccess.PlanSet(_name, new AccessPolicy(["group:" + group])).Apply();
        Assert.Equal(["640", "660", "640"], Modes());
        MemoryAccess.PlanRevoke(_name, group).Apply();
        Assert.Equal(["600", "600", "600"], Modes());
    }

    [SkippableFact]
    public void Rights_that_a_file_cannot_give_are_refused_with_what_it_can()
    {
        Given.SkipUnlessRoot();
        using NamedMemory memory = NamedMemory.Create(_name, 100);
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Full)));
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => MemoryAccess.PlanGrant(_name, "user:" + LinuxGiven.OtherName, AccessRight.Read));
        Assert.Equal(WinMmfErrorId.InvalidAccess, e.ErrorId);
        Assert.Contains("group:", e.Facts.Account, StringComparison.Ordinal);
        Assert.Equal(
            WinMmfErrorId.NotSupported, Given.ErrorOf(() => MemoryAccess.PlanSet(_name, AccessPolicy.FromSddl("D:P(A;;GA;;;WD)"))));
        SharedName local = Given.NewName();
        using NamedMemory other = NamedMemory.Create(local, 100);
        Assert.Equal(WinMmfErrorId.LocalIsPrivate, Given.ErrorOf(() => MemoryAccess.PlanGrant(local, "Everyone", AccessRight.Read)));
        Assert.Equal(WinMmfErrorId.LocalIsPrivate, Given.ErrorOf(() => MemoryAccess.PlanSet(local, Given.Everyone)));
        Assert.Empty(MemoryAccess.PlanGrant(_name, "System", AccessRight.Read).Steps);
    }

    [SkippableFact]
    public void Nobody_is_let_write_a_channel()
    {
        Given.SkipUnlessRoot();
        using FrameWriter writer = Publish();
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Write)));
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => MemoryAccess.PlanGrant(_name, Nogroup(), AccessRight.Write)));
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => MemoryAccess.PlanSet(_name, new AccessPolicy([], ["Everyone"]))));
        Assert.Equal(
            WinMmfErrorId.InvalidAccess,
            Given.ErrorOf(() => FrameWriter.Create(new FrameChannelOptions(Given.NewName(NameScope.Global))
            {
                Source = "test",
                Access = new AccessPolicy([], ["Everyone"]),
            })));
        Assert.Equal(["600", "600", "600"], Modes());
    }

    [SkippableFact]
    public void A_descriptor_means_nothing_here()
    {
        Given.SkipUnlessLinux();
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Create(_name, 1, AccessPolicy.FromSddl("D:P(A;;GA;;;WD)")));
        Assert.Equal(WinMmfErrorId.NotSupported, e.ErrorId);
        Assert.Empty(LinuxGiven.FilesOf(_name));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("Everyone")]
    [InlineData("group")]
    [InlineData("group:root")]
    public void Another_account_gets_what_is_predicted(string readers)
    {
        using Peer other = LinuxGiven.StartAsOther();
        string account = readers == "group" ? Nogroup() : readers;
        AccessPolicy policy = new(account.Length == 0 ? [] : [account]);
        bool expected = readers is "Everyone" or "group";
        foreach (bool isGranted in new[] { false, true })
        {
            SharedName name = Given.NewName(NameScope.Global);
            using FrameWriter writer = FrameWriter.Create(
                new FrameChannelOptions(name) { Source = "test", Access = isGranted ? AccessPolicy.Private : policy });
            SharedName plain = Given.NewName(NameScope.Global);
            using NamedMemory memory = NamedMemory.Create(plain, 100, isGranted ? AccessPolicy.Private : policy);
            if (isGranted && account.Length > 0)
            {
                MemoryAccess.PlanGrant(name, account, AccessRight.Read).Apply();
                MemoryAccess.PlanGrant(plain, account, AccessRight.Read).Apply();
            }

            Compare(other, name, AccessUse.Read, expected, other.Ask("reader", "c" + isGranted, name.Name, name.Scope, "rw"));
            Compare(other, plain, AccessUse.Read, expected, other.Ask("memory", "r" + isGranted, plain.Name, plain.Scope, "ro"));

            // A right to read is one to read, whether a policy or a grant gives it: a lock is a write.
            Compare(other, plain, AccessUse.Write, false, other.Ask("memory", "w" + isGranted, plain.Name, plain.Scope, "rw"));
            other.Ask("dispose", "c" + isGranted);
            other.Ask("dispose", "r" + isGranted);
            other.Ask("dispose", "w" + isGranted);
            Assert.Equal(AccessReason.NotOwner, MemoryAccess.Predict(name, AccessUse.Publish, LinuxGiven.OtherName).Reason);
        }
    }

    [SkippableFact]
    public void A_group_that_loses_its_right_to_write_reads_as_all_others_do()
    {
        Given.SkipUnlessRoot();
        SharedName name = Given.NewName(NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 100);
        MemoryAccess.PlanGrant(name, Nogroup(), AccessRight.Write).Apply();
        MemoryAccess.PlanGrant(name, "Everyone", AccessRight.Read).Apply();
        Assert.Equal("664", ModeOf(name));
        MemoryAccess.PlanRevoke(name, Nogroup()).Apply();
        Assert.Equal("644", ModeOf(name));

        static string ModeOf(SharedName name) =>
            Convert.ToString((int)((LinuxAccessObject)MemoryAccess.Read(name)!.Main).Permissions, 8);
    }

    [SkippableFact]
    public void Members_of_a_group_that_has_no_right_have_none_though_all_others_have()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "test", Access = new AccessPolicy(["Everyone"]) });
        Compare(other, name, AccessUse.Read, true, other.Ask("reader", "all", name.Name, name.Scope, "rw"));
        other.Ask("dispose", "all");

        // Mode 0604, with a group that the other account belongs to.
        string control = $"/dev/shm/winmmf.{name.Name}";
        Assert.NotNull(LinuxGiven.Run("chgrp", Nogroup(), control));
        Assert.NotNull(LinuxGiven.Run("chmod", "604", control));
        Compare(other, name, AccessUse.Read, false, other.Ask("reader", "none", name.Name, name.Scope, "rw"));

        // What the grant gives then, the account has.
        MemoryAccess.PlanGrant(name, Nogroup(), AccessRight.Read).Apply();
        Compare(other, name, AccessUse.Read, true, other.Ask("reader", "group", name.Name, name.Scope, "rw"));
        other.Ask("dispose", "group");
    }

    [SkippableFact]
    public void Who_may_write_a_memory_locks_it_and_who_may_read_it_only_reads()
    {
        using Peer other = LinuxGiven.StartAsOther();
        foreach (bool writes in new[] { false, true })
        {
            AccessPolicy policy = writes ? new AccessPolicy([], ["Everyone"]) : new AccessPolicy(["Everyone"]);
            SharedName plain = Given.NewName(NameScope.Global);
            using NamedMemory memory = NamedMemory.Create(plain, 100, policy);
            Compare(other, plain, AccessUse.Read, true, other.Ask("memory", "r", plain.Name, plain.Scope, "ro"));
            Compare(other, plain, AccessUse.Write, writes, other.Ask("memory", "w", plain.Name, plain.Scope, "rw"));
            other.Ask("dispose", "r");
            other.Ask("dispose", "w");
        }
    }

    [SkippableFact]
    public void A_plan_says_what_it_changes_for_whom()
    {
        Given.SkipUnlessRoot();
        using NamedMemory memory = NamedMemory.Create(_name, 100, new AccessPolicy(["Everyone"]));
        AccessPlan plan = MemoryAccess.PlanSet(_name, new AccessPolicy([], ["group:" + Nogroup()]));
        Assert.Equal(
            [("Everyone", AccessRight.Read, null), ("group:" + Nogroup(), null, AccessRight.Write)],
            plan.Changes.Select(static change => (change.Account, change.Before, change.After)).Order());
        Assert.Empty(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Changes);
        Assert.Equal(AccessRight.Write, Assert.Single(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Write).Changes).After);
    }

    [SkippableFact]
    public void What_is_named_as_remedy_does_mend_it()
    {
        using Peer other = LinuxGiven.StartAsOther();
        using FrameWriter writer = Publish();
        string[] refused = other.Ask("reader", "c", _name.Name, _name.Scope, "rw");
        Assert.Equal("AccessDenied", refused[1]);
        AccessVerdict verdict = MemoryAccess.Predict(_name, AccessUse.Read, LinuxGiven.OtherName);
        Assert.Equal(
            new AccessRemedy(AccessRemedyKind.Grant, _name) { Account = "group:" + Nogroup(), Right = AccessRight.Read }, verdict.Remedy);
        Assert.Contains("'root'", refused[3], StringComparison.Ordinal);
        Assert.Contains("0600", refused[3], StringComparison.Ordinal);
        MemoryAccess.PlanGrant(_name, "group:" + Nogroup(), AccessRight.Read).Apply();
        Assert.Equal("row", other.Must("reader", "c", _name.Name, _name.Scope, "rw")[1]);
        other.Must("dispose", "c");
    }

    [SkippableFact]
    public void Who_does_not_own_it_changes_nothing_and_is_told_who_may()
    {
        using Peer other = LinuxGiven.StartAsOther();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test", Access = Given.Everyone });
        string[] before = Modes();
        string[] refused = other.Ask("plan-grant", _name.Name, _name.Scope, "group:" + Nogroup());
        Assert.Empty(MemoryAccess.PlanGrant(_name, "Everyone", AccessRight.Read).Steps);
        MemoryAccess.PlanSet(_name, AccessPolicy.Private).Apply();
        string[] closed = other.Ask("plan-grant", _name.Name, _name.Scope, "Everyone");
        foreach (string[] answer in new[] { refused, closed })
        {
            Assert.Equal("OwnerOnly", answer[1]);
            Assert.Contains("'root'", answer[3], StringComparison.Ordinal);
        }

        MemoryAccess.PlanSet(_name, Given.Everyone).Apply();
        Assert.Equal(before, Modes());
    }

    [SkippableFact]
    public void A_local_name_is_its_users_alone()
    {
        Given.SkipUnlessRoot();
        SharedName local = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(local, 4096);
        AccessVerdict verdict = MemoryAccess.Predict(local, AccessUse.Read, LinuxGiven.OtherName);
        Assert.Equal(AccessReason.OtherUsersName, verdict.Reason);
        // In quotes, because "let nobody read it" says another thing.
        Assert.Contains($"'{LinuxGiven.OtherName}' read it", verdict.Message, StringComparison.Ordinal);
        SharedName global = new(local.Name, NameScope.Global);
        Assert.Equal(
            new AccessRemedy(AccessRemedyKind.CreateMemory, global) { Account = "group:" + Nogroup(), Size = 4096 }, verdict.Remedy);
    }

    [SkippableFact]
    public void A_file_that_says_less_than_control_is_out_of_step()
    {
        Given.SkipUnlessRoot();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test", Access = Given.Everyone });
        Assert.True(MemoryAccess.Read(_name)!.IsInStep);
        Assert.NotNull(LinuxGiven.Run("chmod", "600", LinuxGiven.PartOf(_name, "pixels.1")));
        Assert.False(MemoryAccess.Read(_name)!.IsInStep);
        AccessVerdict verdict = MemoryAccess.Predict(_name, AccessUse.Read, LinuxGiven.OtherName);
        Assert.False(verdict.IsAllowed);
        Assert.Contains("/pixels.1", verdict.Message, StringComparison.Ordinal);
        Assert.NotNull(LinuxGiven.Run("chmod", "644", LinuxGiven.PartOf(_name, "pixels.1")));
        Assert.NotNull(LinuxGiven.Run("chmod", "600", LinuxGiven.PartOf(_name, "door.1")));
        verdict = MemoryAccess.Predict(_name, AccessUse.Read, LinuxGiven.OtherName);
        Assert.True(verdict.IsAllowed);
        Assert.Contains("copying", verdict.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_channel_of_another_account_is_not_published_over()
    {
        using Peer other = LinuxGiven.StartAsOther();
        other.Must("create", "c", _name.Name, _name.Scope, 4096, ObjectKind.PublisherSection, "Everyone");
        WinMmfException e = Assert.Throws<WinMmfException>(() => Publish());
        Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
        Assert.Contains(LinuxGiven.OtherName, e.Message, StringComparison.Ordinal);
    }

    private FrameWriter Publish() => FrameWriter.Create(new FrameChannelOptions(_name) { Source = "test" });

    private static string Nogroup()
    {
        string? line = LinuxGiven.Run("getent", "group", LinuxGiven.Text(LinuxGiven.Other));
        Skip.If(line is null, "There is no group of that number.");
        return line.Split(':')[0];
    }

    private static void Compare(Peer other, SharedName name, AccessUse use, bool expected, string[] answer)
    {
        AccessVerdict verdict = MemoryAccess.Predict(name, use, LinuxGiven.OtherName);
        string[] itsOwn = other.Must("predict", name.Name, name.Scope, use);
        Assert.True(expected == (answer[0] == "ok"), $"{use} {name}: {string.Join(' ', answer)}");
        Assert.True(expected == verdict.IsAllowed, $"{use} {name}: {verdict.Message}");
        Assert.Equal(verdict.Reason.ToString(), itsOwn[1]);
    }

    /// <summary>Control, door, pixels.</summary>
    private string[] Modes() =>
        [.. MemoryAccess.Read(_name)!.Objects.Select(static target => Convert.ToString((int)((LinuxAccessObject)target).Permissions, 8))];
}

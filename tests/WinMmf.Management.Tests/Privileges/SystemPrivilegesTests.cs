using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Privileges;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Windows;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Privileges;

public sealed class SystemPrivilegesTests
{
    private const string Users = "S-1-5-32-545";

    [Fact]
    public void This_process_is_told_what_it_has()
    {
        foreach (SystemPrivilege privilege in new[] { SystemPrivilege.SeCreateGlobalPrivilege, SystemPrivilege.SeLockMemoryPrivilege })
        {
            PrivilegeReport report = SystemPrivileges.Read(privilege);
            Assert.Equal(Given.Platform.Processes.CurrentAccount, report.Account);
            Assert.NotNull(report.IsHeld);
            Assert.NotNull(report.IsEnabled);
            Assert.NotEmpty(report.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_that_the_system_did_not_keep_is_no_success(bool grant)
    {
        FakeStore store = new() { Assigned = !grant, Keeps = false };
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => SystemPrivileges.Change(store, SystemPrivilege.SeLockMemoryPrivilege, "somebody", grant));
        Assert.Equal(WinMmfErrorId.ChangeNotKept, e.ErrorId);
        Assert.Contains("did not keep", e.Message, StringComparison.Ordinal);

        store.Keeps = true;
        Assert.Equal(grant, SystemPrivileges.Change(store, SystemPrivilege.SeLockMemoryPrivilege, "somebody", grant).AssignedTo!.Count > 0);
    }

    [SkippableFact]
    public void On_Linux_giving_and_taking_is_refused_with_what_corresponds()
    {
        Given.SkipUnlessLinux();
        foreach (Action change in new Action[] { () => SystemPrivileges.Grant(SystemPrivilege.SeLockMemoryPrivilege, "root"),
            () => SystemPrivileges.Revoke(SystemPrivilege.SeLockMemoryPrivilege, "root") })
        {
            WinMmfException e = Assert.Throws<WinMmfException>(change);
            Assert.Equal(WinMmfErrorId.NotSupported, e.ErrorId);
            Assert.Equal(nameof(SystemPrivilege.SeLockMemoryPrivilege), e.Facts.Right);
        }

        Assert.Contains("/dev/shm",
            Assert.Throws<WinMmfException>(() => SystemPrivileges.Grant(SystemPrivilege.SeCreateGlobalPrivilege, "root")).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            WinMmfErrorId.NotSupported, Given.ErrorOf(() => SystemPrivileges.Read(SystemPrivilege.SeLockMemoryPrivilege, "somebody-else")));
    }

    [Fact]
    public void A_capability_is_a_bit_of_the_effective_set()
    {
        const string Status = "Name:\tx\nCapPrm:\tffffffffffffffff\nCapEff:\t0000000000004000\n";
        Assert.True(LinuxPrivilegeStore.HasCapability(Status, 14));
        Assert.False(LinuxPrivilegeStore.HasCapability(Status, 13));
        Assert.False(LinuxPrivilegeStore.HasCapability("", 14));
    }

    [SkippableFact]
    public void On_Windows_a_right_is_found_through_the_account_or_a_group()
    {
        SkipUnlessWindows();
        FakeRights rights = new() { [Users] = [nameof(SystemPrivilege.SeLockMemoryPrivilege)] };
        WindowsPrivilegeStore store = new(rights);

        PrivilegeReport users = store.Read(SystemPrivilege.SeLockMemoryPrivilege, "Users");
        Assert.True(users.IsHeld);
        Assert.Null(users.IsEnabled);
        Assert.Equal([WindowsAccount.NameOf(Users)], users.AssignedTo);
        Assert.Empty(store.Read(SystemPrivilege.SeCreateGlobalPrivilege, "Users").AssignedTo!);

        // The current account is asked together with the groups of its token.
        string group = WindowsMembership.Current(null).Sids.First(sid => sid != WindowsAccount.CurrentUserSid());
        rights[group] = [nameof(SystemPrivilege.SeCreateGlobalPrivilege)];
        Assert.Contains(WindowsAccount.NameOf(group), store.Read(SystemPrivilege.SeCreateGlobalPrivilege, null).AssignedTo!);
    }

    [SkippableFact]
    public void On_Windows_a_right_is_given_to_and_taken_from_the_account_itself()
    {
        SkipUnlessWindows();
        FakeRights rights = new();
        WindowsPrivilegeStore store = new(rights);
        PrivilegeReport report = SystemPrivileges.Change(store, SystemPrivilege.SeLockMemoryPrivilege, "Users", grant: true);
        Assert.Equal([report.Account], report.AssignedTo);
        Assert.Equal(["SeLockMemoryPrivilege"], rights[Users]);

        Assert.Empty(SystemPrivileges.Change(store, SystemPrivilege.SeLockMemoryPrivilege, "Users", grant: false).AssignedTo!);
        Assert.Equal(WinMmfErrorId.PrivilegeNotAssigned, Given.ErrorOf(() => store.Revoke(SystemPrivilege.SeLockMemoryPrivilege, "Users")));
        Assert.Equal(
            WinMmfErrorId.UnknownAccount, Given.ErrorOf(() => store.Grant(SystemPrivilege.SeLockMemoryPrivilege, "no such account")));
    }

    [SkippableFact]
    public void On_Windows_who_may_not_ask_is_told_so()
    {
        SkipUnlessWindows();
        PrivilegeReport report = new WindowsPrivilegeStore(new FakeRights { MayAsk = false })
            .Read(SystemPrivilege.SeLockMemoryPrivilege, "Users");
        Assert.Null(report.AssignedTo);
        Assert.Null(report.IsHeld);
        Assert.Contains("administrators only", report.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void On_Windows_the_machines_own_list_answers()
    {
        SkipUnlessWindows();
        Assert.NotNull(new WindowsAccountRights().List(Users));
        bool held = WindowsPrivilege.StateOf(WindowsPrivilege.LockMemory) is not null;
        Assert.Equal(held, WindowsPrivilege.TryEnable(WindowsPrivilege.LockMemory));
        Assert.True(WindowsPrivilege.TryEnable("SeChangeNotifyPrivilege"));
        Assert.False(WindowsPrivilege.TryEnable("SeNoSuchPrivilege"));
    }

    private static void SkipUnlessWindows() => Skip.IfNot(OperatingSystem.IsWindows(), "Windows has privileges.");

    private sealed class FakeStore : IPrivilegeStore
    {
        public bool Assigned { get; set; }

        public bool Keeps { get; set; }

        public PrivilegeReport Read(SystemPrivilege privilege, string? account) =>
            new(privilege, account!) { AssignedTo = Assigned ? [account!] : [] };

        public void ThrowIfFixed(SystemPrivilege privilege) => throw new NotSupportedException();

        public void Grant(SystemPrivilege privilege, string account) => Assigned |= Keeps;

        public void Revoke(SystemPrivilege privilege, string account) => Assigned &= !Keeps;
    }

    private sealed class FakeRights : Dictionary<string, string[]>, IAccountRights
    {
        public bool MayAsk { get; set; } = true;

        public IReadOnlyList<string>? List(string sid) => MayAsk ? TryGetValue(sid, out string[]? rights) ? rights : [] : null;

        public void Add(string sid, string right) => this[sid] = [.. List(sid)!, right];

        void IAccountRights.Remove(string sid, string right) => this[sid] = [.. List(sid)!.Where(other => other != right)];
    }
}

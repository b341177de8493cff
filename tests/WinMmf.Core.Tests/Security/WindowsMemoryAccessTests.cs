using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>Whole channels and memories under descriptors of every sort, opened by a second process; and squatted names.</summary>
public sealed class WindowsMemoryAccessTests : WindowsTest
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private const string Everything = "O:ANG:AND:P(A;;GA;;;WD)";

    public static TheoryData<string, bool, bool, bool> Policies => new()
    {
        // SDDL; then whether this account, which owns it but is granted nothing as its owner, may read the channel, read the memory, write
        // the memory.
        { "D:P(A;;GA;;;SY)(A;;GA;;;BA)", true, true, true },
        { "D:P(A;;GA;;;SY)(A;;GR;;;BU)", true, true, false },
        { "D:P(A;;GA;;;SY)(A;;0x20005;;;WD)", true, true, false },
        { "D:P(A;;GA;;;SY)(A;;0x20007;;;WD)", true, true, true },
        { "D:P(A;;GA;;;SY)(A;;GW;;;WD)", false, false, false },
        { "D:P(A;;GA;;;SY)", false, false, false },
        { "D:P(D;;GW;;;BU)(A;;GA;;;WD)", true, true, false },
        { "D:P(D;;0x2;;;BU)(A;;GA;;;WD)", true, true, false },
        { "D:P(D;;GA;;;{me})(A;;GA;;;WD)", false, false, false },
        { "D:P(A;;GR;;;{me})", true, true, false },
        { "D:P", false, false, false },
    };

    [SkippableTheory]
    [MemberData(nameof(Policies))]
    public void A_second_process_gets_what_is_predicted(string sddl, bool readsChannel, bool readsMemory, bool writesMemory)
    {
        string text = sddl.Replace("{me}", WindowsAccount.CurrentUserSid(), StringComparison.Ordinal);
        using Peer peer = Peer.Start();
        SharedName channel = NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(channel) { Source = "test" });
        Disown(channel, text);
        Compare(peer, channel, AccessUse.Read, readsChannel, peer.Ask("reader", "c", channel.Name, channel.Scope, "rw"));

        SharedName plain = NewName();
        using NamedMemory memory = NamedMemory.Create(plain, 100);
        Disown(plain, text);
        Compare(peer, plain, AccessUse.Read, readsMemory, peer.Ask("memory", "r", plain.Name, plain.Scope, "ro"));
        Compare(peer, plain, AccessUse.Write, writesMemory, peer.Ask("memory", "w", plain.Name, plain.Scope, "rw"));
    }

    [SkippableFact]
    public void A_reader_without_the_registry_is_predicted_to_copy()
    {
        using Peer peer = Peer.Start();
        SharedName name = NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" });
        Write(name, SharedName.RegistrySuffix, "D:P(A;;0x20005;;;WD)");
        AccessVerdict verdict = MemoryAccess.Predict(name, AccessUse.Read);
        Assert.True(verdict.IsAllowed);
        Assert.Contains("copying", verdict.Message, StringComparison.Ordinal);
        Assert.NotNull(verdict.Remedy);
        Assert.Equal("none", peer.Must("reader", "r", name.Name, name.Scope, "rw")[1]);
    }

    [SkippableFact]
    public void A_reader_asks_for_no_more_than_the_protocol_says()
    {
        using Peer peer = Peer.Start();
        SharedName name = NewName();
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "test", PayloadCapacity = format.PayloadLength });
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        writer.Publish(slot);

        // Nothing but mapping; not even to read the list, which tells whose it is.
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl("D:P(A;;GA;;;SY)")).Apply();
        Write(name, "", "D:P(A;;0x4;;;WD)");
        Write(name, SharedName.Pixels(1), "D:P(A;;0x4;;;WD)");
        Write(name, SharedName.RegistrySuffix, "D:P(A;;0x6;;;WD)");
        for (int row = 1; row <= RowLayout.Most; row++)
            Write(name, SharedName.Wake(row), "D:P(A;;0x100000;;;WD)");
        Assert.Equal("row", peer.Must("reader", "r", name.Name, name.Scope, "rw")[1]);
        peer.Must("hold-lease", "r");
        peer.Must("end-lease", "r");
        peer.Must("open", "c", name.Name, name.Scope, "ro");
        peer.Must("sleeper", "s", name.Name, name.Scope, "c", ControlLayout.Newest);

        // One right less, and it is refused.
        Write(name, SharedName.Pixels(1), "D:P(A;;0x2;;;WD)");
        peer.Must("reader", "p", name.Name, name.Scope, "rw");
        Assert.Equal("AccessDenied", peer.Ask("hold-lease", "p")[1]);
        Write(name, SharedName.Pixels(1), "D:P(A;;0x4;;;WD)");
        Write(name, SharedName.RegistrySuffix, "D:P(A;;0x4;;;WD)");
        Assert.Equal("none", peer.Must("reader", "q", name.Name, name.Scope, "rw")[1]);
        Write(name, "", "D:P(A;;0x2;;;WD)");
        Assert.Equal("AccessDenied", peer.Ask("reader", "c2", name.Name, name.Scope, "rw")[1]);
    }

    [SkippableFact]
    public void The_commands_that_are_named_do_mend_it()
    {
        SharedName name = NewName();
        using Peer peer = Peer.Start();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" });
        string me = WindowsAccount.CurrentUserSid();

        // The owner is asked to grant what nobody granted; and to set anew where a group is denied.
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl("D:P(A;;GA;;;SY)")).Apply();
        AccessVerdict refused = MemoryAccess.Predict(name, AccessUse.Read);
        Assert.Equal(AccessReason.NotGranted, refused.Reason);
        Assert.Equal(new AccessRemedy(AccessRemedyKind.Grant, name) { Account = me, Right = AccessRight.Read }, refused.Remedy);
        Assert.Equal("AccessDenied", peer.Ask("reader", "a", name.Name, name.Scope, "rw")[1]);
        MemoryAccess.PlanGrant(name, me, AccessRight.Read).Apply();
        peer.Must("reader", "a", name.Name, name.Scope, "rw");

        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl("D:P(D;;GR;;;BU)(A;;GA;;;WD)")).Apply();
        AccessVerdict denied = MemoryAccess.Predict(name, AccessUse.Read);
        Assert.Equal(AccessReason.Denied, denied.Reason);
        Assert.Equal(new AccessRemedy(AccessRemedyKind.Replace, name) { Account = me }, denied.Remedy);
        Assert.Equal("AccessDenied", peer.Ask("reader", "b", name.Name, name.Scope, "rw")[1]);
        MemoryAccess.PlanSet(name, new AccessPolicy([me])).Apply();
        peer.Must("reader", "b", name.Name, name.Scope, "rw");

        // A denial of the account itself goes with the grant.
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl($"D:P(D;;GR;;;{me})(A;;GA;;;SY)")).Apply();
        Assert.Equal(AccessReason.Denied, MemoryAccess.Predict(name, AccessUse.Read).Reason);
        MemoryAccess.PlanGrant(name, me, AccessRight.Read).Apply();
        Assert.True(MemoryAccess.Predict(name, AccessUse.Read).IsAllowed);
        peer.Must("reader", "c", name.Name, name.Scope, "rw");
    }

    [SkippableFact]
    public void An_administrator_who_is_not_elevated_is_told_so()
    {
        SharedName name = NewName();
        using Peer peer = Peer.Start();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" });
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl("D:P(A;;GA;;;BA)")).Apply();
        Assert.Equal("Allowed", peer.Must("predict", name.Name, name.Scope, AccessUse.Read)[1]);
        peer.Must("restrict", WindowsAccount.AdministratorsSid);
        string[] verdict = peer.Must("predict", name.Name, name.Scope, AccessUse.Read);
        Assert.Equal("NeedsElevation", verdict[1]);
        Assert.Equal("Grant", verdict[3]);
        Assert.Equal("AccessDenied", peer.Ask("reader", "r", name.Name, name.Scope, "rw")[1]);
        MemoryAccess.PlanGrant(name, WindowsAccount.CurrentUserSid(), AccessRight.Read).Apply();
        Assert.Equal("Allowed", peer.Must("predict", name.Name, name.Scope, AccessUse.Read)[1]);
        peer.Must("reader", "r", name.Name, name.Scope, "rw");
    }

    [SkippableFact]
    public void Another_session_does_not_see_a_local_name()
    {
        SharedName name = NewName();
        using NamedMemory memory = NamedMemory.Create(name, 4096);
        AccessVerdict verdict = MemoryAccess.Predict(name, AccessUse.Read, "Users", WindowsObjectDirectory.CurrentSession + 1);
        Assert.Equal(AccessReason.SessionLocal, verdict.Reason);
        SharedName global = new(name.Name, NameScope.Global);
        Assert.Equal(new AccessRemedy(AccessRemedyKind.CreateMemory, global) { Account = "S-1-5-32-545", Size = 4096 }, verdict.Remedy);
        Assert.Equal(AccessReason.NotGranted, MemoryAccess.Predict(name, AccessUse.Read, "Users").Reason);
    }

    [SkippableFact]
    public void Who_lacks_the_privilege_is_told_the_better_way()
    {
        SharedName name = NewName(NameScope.Global);
        Assert.Equal(AccessReason.PrivilegeMissing, MemoryAccess.Predict(name, AccessUse.Publish, "Users", 1).Reason);
        AccessVerdict verdict = MemoryAccess.Predict(name, AccessUse.Publish, "Interactive", 2);
        Assert.Equal(AccessReason.PrivilegeMissing, verdict.Reason);
        Assert.Contains("SeCreateGlobalPrivilege", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(new AccessRemedy(AccessRemedyKind.StartPublisher, name) { Account = "S-1-5-4" }, verdict.Remedy);
        Assert.True(MemoryAccess.Predict(name, AccessUse.Publish, "System", 0).IsAllowed);
        Assert.True(MemoryAccess.Predict(name, AccessUse.Publish, "S-1-5-19", 1).IsAllowed);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void The_privilege_may_be_assigned_to_any_account(bool? isHeld)
    {
        WindowsAccessStore store = new(new Privileges(isHeld));
        AccessSubject guests = store.FindSubject("S-1-5-32-546", 1);
        AccessBarrier? barrier = store.FindCreationBarrier(NewName(NameScope.Global), guests);
        Assert.Equal(isHeld == true, barrier is null);
        Assert.Null(store.FindCreationBarrier(NewName(), guests));
    }

    [SkippableTheory]
    [InlineData("System", "S-1-5-18", true)]
    [InlineData("S-1-5-20", "S-1-5-20", false)]
    [InlineData("Administrators", "S-1-5-32-544", true)]
    [InlineData("Users", "S-1-5-32-545", false)]
    [InlineData("Everyone", "S-1-1-0", false)]
    [InlineData("S-1-5-7", "S-1-5-7", false)]
    public void Well_known_accounts_count_with_what_they_belong_to(string account, string sid, bool reads)
    {
        SharedName name = NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" });
        AccessVerdict verdict = MemoryAccess.Predict(name, AccessUse.Read, account);
        Assert.Equal((sid, reads), (verdict.AccountId, verdict.IsAllowed));
        MemoryAccess.PlanGrant(name, "Users", AccessRight.Read).Apply();
        Assert.Equal(reads || sid is "S-1-5-20" or "S-1-5-32-545", MemoryAccess.Predict(name, AccessUse.Read, account).IsAllowed);
        MemoryAccess.PlanGrant(name, "Everyone", AccessRight.Read).Apply();
        Assert.Equal(sid != "S-1-5-7", MemoryAccess.Predict(name, AccessUse.Read, account).IsAllowed);
    }

    [SkippableTheory]
    [InlineData("not a descriptor")]
    [InlineData("O:SY")]
    [InlineData("D:NO_ACCESS_CONTROL")]
    public void A_descriptor_that_says_nothing_is_refused(string sddl)
    {
        SharedName name = NewName();
        Assert.Equal(WinMmfErrorId.InvalidAccess, Given.ErrorOf(() => NamedMemory.Create(name, 1, AccessPolicy.FromSddl(sddl))));
        Assert.Null(MemoryAccess.Read(name));
    }

    [SkippableFact]
    public void A_descriptor_is_carried_over_to_every_object_in_its_own_rights()
    {
        SharedName name = NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)
        {
            Source = "test",
            Access = AccessPolicy.FromSddl(
            "D:P(A;;GA;;;SY)(A;;GA;;;{me})(A;;GR;;;BU)".Replace("{me}", WindowsAccount.CurrentUserSid(), StringComparison.Ordinal))
        });
        AccessReport report = MemoryAccess.Read(name)!;
        Assert.True(report.IsInStep);
        Dictionary<string, uint> readers = report.Objects.ToDictionary(
            static target => target.Part,
            static target => target.Entries.SingleOrDefault(static entry => entry.Id == "S-1-5-32-545")?.Mask ?? 0);
        Assert.Equal((0x20005u, 0x20005u, 0x20007u, 0x100000u, 0u),
            (readers["control"], readers["pixels 1"], readers["registry"], readers["wake 63"], readers["owner"]));
        Assert.All(report.Objects,
            static target => Assert.Contains(target.Entries, static entry => entry.Id == "S-1-5-18" && entry.Right == AccessRight.Full));
    }

    [SkippableTheory]
    [InlineData(SharedName.OwnerSuffix)]
    [InlineData("")]
    public void A_squatted_object_of_a_channel_is_refused_by_name(string suffix)
    {
        SharedName name = NewName();
        string fullName = WindowsObjectName.For(name, suffix);
        using SafeKernelHandle squatter = Squat(fullName, isEvent: false, Everything);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" }));
        Assert.Equal(suffix.Length == 0 ? WinMmfErrorId.ForeignChannel : WinMmfErrorId.ForeignOwner, e.ErrorId);
        Assert.Contains("S-1-5-7", e.Message, StringComparison.Ordinal);
        if (suffix.Length > 0)
            Assert.Contains(fullName, e.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(SharedName.RegistrySuffix, true)]
    [InlineData(SharedName.RegistrySuffix, false)]
    [InlineData(".pixels.1", true)]
    [InlineData(".pixels.1", false)]
    public void A_squatted_part_of_a_channel_costs_its_function_and_not_the_channel(string suffix, bool isEvent)
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = Squat(WindowsObjectName.For(name, suffix), isEvent, Everything);
        SafeKernelHandle[] numbers = [.. Enumerable.Range(3, 40)
            .Select(number => Squat(WindowsObjectName.For(name, SharedName.Pixels((uint)number)), isEvent, Everything))];
        FrameFormat small = FrameFormat.Packed(16, 8, PixelFormat.Gray8), large = FrameFormat.Packed(1024, 512, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "test", PayloadCapacity = small.PayloadLength });
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        foreach (FrameFormat format in new[] { small, large })
        {
            Assert.True(writer.TryBegin(format, out FrameSlot slot));
            slot.Span.Fill(7);
            writer.Publish(slot);
            byte[] copy = new byte[format.PayloadLength];
            Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(copy, out _));
            Assert.All(copy, static b => Assert.Equal(7, b));
        }

        Assert.Equal(suffix == SharedName.RegistrySuffix, !reader.TryLeaseNewest(out _));
        Array.ForEach(numbers, static number => number.Dispose());
    }

    [SkippableTheory]
    [InlineData(SharedName.OwnerSuffix)]
    [InlineData("")]
    public void A_name_that_an_event_has_is_refused_as_such(string suffix)
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = CreateForeignEvent(name, suffix, Everything);
        WinMmfException e = Assert.Throws<WinMmfException>(() => FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" }));
        Assert.Equal(WinMmfErrorId.WrongObjectType, e.ErrorId);
        Assert.Contains(WindowsObjectName.For(name, suffix), e.Message, StringComparison.Ordinal);
        Assert.False(Platform.Channels.IsOwned(name));
    }

    [SkippableTheory]
    [InlineData(Everything)]
    [InlineData("O:ANG:AND:P(A;;GA;;;AN)")]
    [InlineData("O:ANG:AND:P(A;;0x100000;;;WD)")]
    public async Task A_strangers_wake_event_costs_its_row_and_nothing_more(string sddl)
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = CreateForeignEvent(name, SharedName.Wake(1), sddl);
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "test", PayloadCapacity = format.PayloadLength });
        using FrameReader first = FrameReader.Open(name.Name, name.Scope);
        using FrameReader second = FrameReader.Open(name.Name, name.Scope);
        using Task<bool> firstWaits = Task.Run(() => first.Wait(0, Long));
        using Task<bool> secondWaits = Task.Run(() => second.Wait(0, Long));
        Assert.True(writer.TryBegin(format, out FrameSlot slot));
        writer.Publish(slot);
        Assert.True(await firstWaits);
        Assert.True(await secondWaits);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData(SharedName.HoldersSuffix)]
    [InlineData(SharedName.OwnerSuffix)]
    public void A_squatted_object_of_a_memory_is_refused_by_name(string suffix)
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = Squat(WindowsObjectName.For(name, suffix), isEvent: false, Everything);
        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Create(name, 100));
        Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
        Assert.Contains(WindowsObjectName.For(name, suffix), e.Message, StringComparison.Ordinal);
        Assert.Contains("S-1-5-7", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_squatter_that_hides_itself_is_refused_too()
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = Squat(
            WindowsObjectName.For(name, SharedName.OwnerSuffix), isEvent: false, "O:ANG:AND:P(A;;GA;;;AN)");
        Assert.Equal(
            WinMmfErrorId.ForeignOwner, Given.ErrorOf(() => FrameWriter.Create(new FrameChannelOptions(name) { Source = "test" })));
    }

    [SkippableFact]
    public void Readers_refuse_a_part_that_does_not_belong_to_the_channels_owner()
    {
        SharedName name = NewName();
        using SharedSection control = Given.Create(name);
        using SafeKernelHandle squatter = Squat(WindowsObjectName.For(name, SharedName.Pixels(1)), isEvent: false, Everything);
        WinMmfException e = Assert.Throws<WinMmfException>(() => Platform.Channels.TryOpenPixels(name, control, 1));
        Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
    }

    [SkippableFact]
    public void Changing_what_another_account_owns_names_the_owner()
    {
        SharedName name = NewName();
        using SafeKernelHandle squatter = Squat(WindowsObjectName.For(name, ""), isEvent: false, "O:ANG:AND:P(A;;GR;;;WD)");
        WinMmfException e = Assert.Throws<WinMmfException>(() => MemoryAccess.PlanGrant(name, "Users", AccessRight.Read).Apply());
        Assert.Equal(WinMmfErrorId.OwnerOnly, e.ErrorId);
        Assert.Contains("WRITE_DAC", e.Message, StringComparison.Ordinal);
        Assert.Contains("ANONYMOUS", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void Compare(Peer peer, SharedName name, AccessUse use, bool expected, string[] answer)
    {
        AccessVerdict verdict = MemoryAccess.Predict(name, use);
        string[] itsOwn = peer.Must("predict", name.Name, name.Scope, use);
        Assert.True(expected == (answer[0] == "ok"), $"{use}: {string.Join(' ', answer)}");
        Assert.True(expected == verdict.IsAllowed, $"{use}: {verdict.Reason}: {verdict.Message}");
        Assert.Equal(verdict.Reason.ToString(), itsOwn[1]);
        Assert.True(expected || verdict.Remedy is not null);
    }

    /// <summary>Gives every object of a name a list, in the way of <c>Set-SharedMemoryAccess -Sddl</c>.</summary>
    private static void Disown(SharedName name, string sddl) => MemoryAccess.PlanSet(name, AccessPolicy.FromSddl(sddl)).Apply();

    private static void Write(SharedName name, string suffix, string sddl)
    {
        AccessObject target = MemoryAccess.Read(name)!.Objects.Single(target => target.FullName == WindowsObjectName.For(name, suffix));
        using IAccessWriter writer = PlatformServices.Current.Access.OpenForChange(target);
        writer.Write(sddl);
    }

    /// <summary>A system that says one thing of every account.</summary>
    private sealed class Privileges(bool? isHeld) : IPrivilegeStore
    {
        public PrivilegeReport Read(SystemPrivilege privilege, string? account) => new(privilege, account ?? "") { IsHeld = isHeld };

        public void ThrowIfFixed(SystemPrivilege privilege) => throw new NotSupportedException();

        public void Grant(SystemPrivilege privilege, string account) => throw new NotSupportedException();

        public void Revoke(SystemPrivilege privilege, string account) => throw new NotSupportedException();
    }

    private static SafeKernelHandle Squat(string fullName, bool isEvent, string sddl)
    {
        using SafeLocalMemory descriptor = WindowsSecurityDescriptor.TryConvert(sddl, out _)!;
        SecurityAttributes attributes = new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor.Address };
        SafeKernelHandle handle = isEvent
            ? Kernel32.CreateEventW(in attributes, manualReset: true, initialState: false, fullName)
            : Kernel32.CreateFileMappingW(new IntPtr(-1), in attributes, 4, 0, 8192, fullName);
        Assert.False(handle.IsInvalid);
        return handle;
    }
}

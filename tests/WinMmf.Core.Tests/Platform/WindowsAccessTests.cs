using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed unsafe class WindowsAccessTests : WindowsTest
{
    private const int Size = 4096;

    // What a reader is granted on a publisher's section: map for reading, query, read the descriptor.
    private const string ReadersOnly = "D:P(A;;0x20005;;;WD)";

    /// <summary>What an elevated or service process puts on what it alone writes.</summary>
    private static string OwnLabel => WindowsAccount.CurrentLevel() switch
    {
        >= WindowsLabel.System => "S:(ML;;NW;;;S-1-16-16384)",
        >= WindowsLabel.High => "S:(ML;;NW;;;S-1-16-12288)",
        _ => "",
    };

    [SkippableFact]
    public void A_reader_may_map_for_reading_and_not_for_writing()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, ReadersOnly, Size);

        using SharedSection? section = Platform.Sections.TryOpen(name, writable: false);
        WinMmfException exception = Assert.Throws<WinMmfException>(() => Platform.Sections.TryOpen(name, writable: true));

        Assert.NotNull(section);
        Assert.Equal(WinMmfErrorId.AccessDenied, exception.ErrorId);
        Assert.Equal(Win32Error.ERROR_ACCESS_DENIED, exception.NativeErrorCode);
        Assert.Contains("FILE_MAP_WRITE", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Reading_needs_no_right_but_to_map()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, "D:P(A;;0x4;;;WD)", Size);

        using SharedSection? section = Platform.Sections.TryOpen(name, writable: false);

        Assert.NotNull(section);
        Assert.Equal(Size, section!.Size);
    }

    [SkippableFact]
    public void Whom_the_list_does_not_name_is_refused_with_the_right_and_the_remedy()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, "D:P(A;;GA;;;AN)", Size);

        WinMmfException exception = Assert.Throws<WinMmfException>(() => Platform.Sections.TryOpen(name, writable: false));

        Assert.Equal(WinMmfErrorId.AccessDenied, exception.ErrorId);
        Assert.Contains("FILE_MAP_READ", exception.Message, StringComparison.Ordinal);

        // The command that mends it is made of these.
        Assert.Equal((name.Name, "Local", "Read"), (exception.Facts.Name, exception.Facts.Scope, exception.Facts.Right));
        Assert.Equal(Platform.Processes.CurrentAccount, exception.Facts.Account);
    }

    [SkippableFact]
    public void Creating_over_what_may_not_be_opened_says_that_it_exists()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, "D:P(A;;GA;;;AN)", Size);

        WinMmfException exception = Assert.Throws<WinMmfException>(
            () => Platform.Sections.Create(name, Size, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { }));

        Assert.Equal(WinMmfErrorId.AlreadyExists, exception.ErrorId);
    }

    [SkippableFact]
    public void Another_process_is_held_to_the_list_too()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, ReadersOnly, Size);
        using Peer peer = Peer.Start();

        peer.Must("open", "r", name.Name, name.Scope, "ro");
        Assert.Equal("AccessDenied", peer.Ask("open", "w", name.Name, name.Scope, "rw")[1]);
    }

    [SkippableFact]
    public void Who_writes_into_a_read_only_view_ends_himself_and_nobody_else()
    {
        SharedName name = NewName();
        using SharedSection section = Given.Create(name);
        using Peer peer = Peer.Start();
        peer.Must("open", "r", name.Name, name.Scope, "ro");
        Assert.Equal("0", peer.Must("get", "r", 64)[1]);

        Assert.Throws<EndOfStreamException>(() => peer.Ask("set", "r", 64, 1u));

        Assert.Equal(0, section.Address[64]);
    }

    [SkippableFact]
    public void Objects_belong_to_the_account_and_not_to_its_group()
    {
        SharedName name = NewName();
        using SharedSection section = Platform.Sections.Create(name, Size, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { });

        Assert.Equal(WindowsAccount.CurrentUserSid(), section.Owner);
        Assert.True(section.IsOwnedByCaller);
    }

    [SkippableTheory]
    [InlineData(ObjectKind.PublisherSection, "(A;;0x20005;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.Registry, "(A;;0x20007;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.LockedMemory, "(A;;0x20005;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.OpenMemory, "(A;;0x20005;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.WakeEvent, "(A;;0x100000;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.Ownership, null)]
    internal void Readers_get_the_least_that_they_need(ObjectKind kind, string? entry)
    {
        string me = WindowsAccount.CurrentUserSid();
        string full = kind == ObjectKind.WakeEvent ? "0x1f0003" : "0xf001f";

        string descriptor = WindowsSecurityDescriptor.ToSddl(kind, new AccessPolicy(["users"]));

        string label = kind is ObjectKind.PublisherSection or ObjectKind.Ownership ? OwnLabel : "";
        Assert.Equal($"O:{me}D:P(A;;{full};;;{me})(A;;{full};;;S-1-5-18)(A;;{full};;;S-1-5-32-544){entry}{label}", descriptor);
    }

    [SkippableTheory]
    [InlineData(ObjectKind.LockedMemory, "(A;;0x20007;;;S-1-5-32-545)")]
    [InlineData(ObjectKind.OpenMemory, "(A;;0xf001f;;;S-1-5-32-545)")]
    internal void Writers_of_a_plain_memory_may_lock_it(ObjectKind kind, string entry) =>
        Assert.EndsWith(entry, WindowsSecurityDescriptor.ToSddl(kind, new AccessPolicy([], ["users"])), StringComparison.Ordinal);

    [SkippableFact]
    public void Writers_of_a_channel_are_refused() => Assert.Equal(
        WinMmfErrorId.InvalidAccess,
        Assert.Throws<WinMmfException>(
            () => WindowsSecurityDescriptor.ToSddl(ObjectKind.PublisherSection, new AccessPolicy([], ["users"]))).ErrorId);

    [SkippableFact]
    public void The_safe_default_names_creator_system_and_administrators_only()
    {
        string me = WindowsAccount.CurrentUserSid();

        Assert.Equal($"O:{me}D:P(A;;0xf001f;;;{me})(A;;0xf001f;;;S-1-5-18)(A;;0xf001f;;;S-1-5-32-544){OwnLabel}",
            WindowsSecurityDescriptor.ToSddl(ObjectKind.PublisherSection, AccessPolicy.Private));
    }

    [SkippableTheory]
    [InlineData("Everyone", "S-1-1-0")]
    [InlineData("USERS", "S-1-5-32-545")]
    [InlineData("Interactive", "S-1-5-4")]
    [InlineData("administrators", "S-1-5-32-544")]
    [InlineData("System", "S-1-5-18")]
    [InlineData("S-1-5-32-551", "S-1-5-32-551")]
    public void Words_and_sids_need_no_language(string account, string sid) => Assert.Equal(sid, WindowsAccount.ResolveSid(account));

    [SkippableFact]
    public void An_account_is_found_by_its_name() =>
        Assert.Equal(WindowsAccount.CurrentUserSid(), WindowsAccount.ResolveSid(Environment.UserName));

    [SkippableTheory]
    [InlineData("no such account")]
    [InlineData("S-1-1-0)(A;;GA;;;WD")]
    [InlineData("S-1-")]
    public void An_unknown_account_is_named_with_a_remedy(string account)
    {
        WinMmfException exception = Assert.Throws<WinMmfException>(() => WindowsAccount.ResolveSid(account));

        Assert.Equal(WinMmfErrorId.UnknownAccount, exception.ErrorId);
        Assert.Contains(account, exception.Message, StringComparison.Ordinal);
    }
}

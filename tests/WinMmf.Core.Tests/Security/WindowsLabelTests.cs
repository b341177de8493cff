using System.Collections.Generic;
using System.Linq;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>Mandatory labels as Windows documents them; asks the system nothing, so it is tested everywhere.</summary>
public sealed class WindowsLabelTests
{
    private const int Low = 0x1000;
    private const uint R = AccessRights.FILE_MAP_READ | AccessRights.SECTION_QUERY | AccessRights.READ_CONTROL;
    private const uint W = AccessRights.FILE_MAP_WRITE;

    public static TheoryData<string, string, int, string> Objects => new()
    {
        // Kind of object, label that the channel's access has, level of the creator, label of the object.
        { nameof(ObjectKind.PublisherSection), "", WindowsLabel.Medium, "" },
        { nameof(ObjectKind.PublisherSection), "", Low, "" },
        { nameof(ObjectKind.PublisherSection), "", WindowsLabel.High, "12288" },
        { nameof(ObjectKind.PublisherSection), "", WindowsLabel.High + 0x100, "12288" },
        { nameof(ObjectKind.PublisherSection), "", WindowsLabel.System, "16384" },
        { nameof(ObjectKind.PublisherSection), "4096", WindowsLabel.High, "12288" },
        { nameof(ObjectKind.PublisherSection), "16384", WindowsLabel.High, "16384" },
        { nameof(ObjectKind.PublisherSection), "12288", WindowsLabel.Medium, "12288" },
        { nameof(ObjectKind.Ownership), "", WindowsLabel.High, "12288" },
        { nameof(ObjectKind.ControlPipe), "", WindowsLabel.System, "16384" },
        { nameof(ObjectKind.Registry), "", WindowsLabel.System, "" },
        { nameof(ObjectKind.Registry), "12288", WindowsLabel.High, "" },
        { nameof(ObjectKind.Registry), "4096", WindowsLabel.High, "4096" },
        { nameof(ObjectKind.WakeEvent), "12288", WindowsLabel.High, "" },
        { nameof(ObjectKind.LockWakeUp), "12288", WindowsLabel.High, "" },
        { nameof(ObjectKind.LockedMemory), "", WindowsLabel.System, "" },
        { nameof(ObjectKind.LockedMemory), "12288", WindowsLabel.High, "12288" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void What_a_publisher_alone_writes_has_its_level_and_what_readers_write_has_none_above_theirs(
        string kind, string given, int level, string expected)
    {
        List<WindowsAce> entries = given.Length == 0 ? [] : [new WindowsAce(WindowsAce.LabelType, 0, 1, "S-1-16-" + given)];
        IReadOnlyList<WindowsAce> made = WindowsLabel.SystemEntriesFor(System.Enum.Parse<ObjectKind>(kind), entries, level);
        Assert.Equal(
            expected.Length == 0 ? "" : $"S:(ML;;NW;;;S-1-16-{expected})", new WindowsDescriptor("", true, true, [], made).SystemToSddl());
    }

    [Theory]
    [InlineData(nameof(ObjectKind.PublisherSection), 0x2u)]
    [InlineData(nameof(ObjectKind.LockedMemory), 0x2u)]
    public void Audit_entries_go_along(string kind, uint mask)
    {
        List<WindowsAce> entries = [new WindowsAce(WindowsAce.AuditType, 0xC0, 2, "S-1-1-0"), WindowsLabel.For(WindowsLabel.High)];
        IReadOnlyList<WindowsAce> made = WindowsLabel.SystemEntriesFor(System.Enum.Parse<ObjectKind>(kind), entries, WindowsLabel.Medium);
        Assert.Equal(
            $"S:(AU;SAFA;0x{mask:x};;;S-1-1-0)(ML;;NW;;;S-1-16-12288)", new WindowsDescriptor("", true, true, [], made).SystemToSddl());
    }

    [Theory]
    [InlineData(1u, WindowsLabel.Medium, R, 0u)]
    [InlineData(1u, WindowsLabel.Medium, R | W, W)]
    [InlineData(1u, WindowsLabel.Medium, W | AccessRights.WRITE_DAC, W | AccessRights.WRITE_DAC)]
    [InlineData(1u, WindowsLabel.High, R | W, 0u)]
    [InlineData(1u, WindowsLabel.System, AccessRights.SECTION_ALL_ACCESS, 0u)]
    [InlineData(2u, WindowsLabel.Medium, AccessRights.FILE_MAP_READ | W, AccessRights.FILE_MAP_READ)]
    [InlineData(0u, Low, R | W, 0u)]
    public void A_label_keeps_lower_levels_from_what_it_names(uint policy, int level, uint desired, uint barred)
    {
        WindowsAce label = new(WindowsAce.LabelType, 0, policy, "S-1-16-12288");
        Assert.Equal(barred, WindowsLabel.FindBarred(label, level, desired, isEvent: false));
    }

    [Fact]
    public void An_event_with_a_label_can_still_be_waited_for()
    {
        Assert.Equal(
            0u, WindowsLabel.FindBarred(WindowsLabel.For(WindowsLabel.High), WindowsLabel.Medium, AccessRights.SYNCHRONIZE, isEvent: true));
        Assert.Equal(AccessRights.EVENT_MODIFY_STATE,
            WindowsLabel.FindBarred(
            WindowsLabel.For(WindowsLabel.High), WindowsLabel.Medium, AccessRights.EVENT_MODIFY_STATE, isEvent: true));
    }

    [Fact]
    public void No_label_is_medium()
    {
        Assert.Equal(0u, WindowsLabel.FindBarred(null, WindowsLabel.Medium, R | W, isEvent: false));
        Assert.Equal(W, WindowsLabel.FindBarred(null, Low, R | W, isEvent: false));
    }

    [Theory]
    [InlineData("S-1-16-8192", 8192)]
    [InlineData("S-1-16-0", 0)]
    [InlineData("S-1-5-18", WindowsLabel.Medium)]
    [InlineData("S-1-16-", WindowsLabel.Medium)]
    [InlineData("S-1-16-99999999999", WindowsLabel.Medium)]
    [InlineData("", WindowsLabel.Medium)]
    public void A_level_is_the_last_part_of_its_sid(string sid, int level) => Assert.Equal(level, WindowsLabel.LevelOf(sid));
}

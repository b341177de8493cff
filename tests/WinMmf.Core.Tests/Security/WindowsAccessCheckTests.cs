using System.Collections.Generic;
using System.Globalization;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>The access check as Windows documents it. It asks the system nothing, so it is tested everywhere.</summary>
public sealed class WindowsAccessCheckTests
{
    private const string Me = "S-1-5-21-1-2-3-1001";
    private const string Team = "S-1-5-21-1-2-3-2000";
    private const string Stranger = "S-1-5-21-1-2-3-4444";
    private const string OwnerRights = "S-1-3-4";
    private const uint R = AccessRights.FILE_MAP_READ;
    private const uint W = AccessRights.FILE_MAP_WRITE;
    private const uint All = AccessRights.SECTION_ALL_ACCESS;

    [Theory]
    [InlineData("A W:4", R, true)]
    [InlineData("A W:4", W, false)]
    [InlineData("A me:4;A team:2", R | W, true)]
    [InlineData("A stranger:f001f", R, false)]
    [InlineData("D me:4;A W:f001f", R, false)]
    [InlineData("D me:4;A W:f001f", W, true)]
    [InlineData("D stranger:f001f;A W:4", R, true)]
    [InlineData("D team:2;A me:6", R | W, false)]
    [InlineData("A W:4;D me:f001f", R, true)]
    [InlineData("A W:4;D me:4;A W:2", R | W, true)]
    [InlineData("A W:4;D me:6;A W:2", R | W, false)]
    [InlineData("A W:4;D me:f001f", R | W, false)]
    [InlineData("A W:2;D me:4;A me:4", R, false)]
    [InlineData("A W:10000000", All, true)]
    [InlineData("A W:80000000", R, true)]
    [InlineData("A W:80000000", W, false)]
    [InlineData("A W:40000000", W, true)]
    [InlineData("", R, false)]
    [InlineData("I W:f001f", R, false)]
    [InlineData("A admins:f001f", R, false)]
    [InlineData("D admins:4;A W:f001f", R, false)]
    public void Entries_decide_in_their_order(string list, uint desired, bool isGranted) =>
        Assert.Equal(isGranted, Missing(List(Stranger, list), desired) == 0);

    [Fact]
    public void No_list_lets_everybody_do_everything_and_an_empty_one_nobody()
    {
        Assert.Equal(0u, Missing(new WindowsDescriptor(Stranger, hasList: false, isProtected: false, []), All));
        Assert.Equal(All, Missing(List(Stranger, ""), All));
    }

    [Fact]
    public void The_owner_may_always_read_and_change_the_list()
    {
        const uint Owners = AccessRights.READ_CONTROL | AccessRights.WRITE_DAC;
        Assert.Equal(0u, Missing(List(Me, ""), Owners));
        Assert.Equal(R, Missing(List(Me, ""), Owners | R));
        Assert.Equal(0u, Missing(List(Me, "D W:f001f"), Owners));
        Assert.Equal(0u, Missing(List(Team, ""), Owners));
        Assert.Equal(Owners, Missing(List(Stranger, ""), Owners));
    }

    [Fact]
    public void Owner_rights_take_the_place_of_what_the_owner_may_otherwise()
    {
        Assert.Equal(AccessRights.WRITE_DAC, Missing(List(Me, "A owner:20000"), AccessRights.READ_CONTROL | AccessRights.WRITE_DAC));
        Assert.Equal(0u, Missing(List(Me, "A owner:4"), R));
        Assert.Equal(R, Missing(List(Stranger, "A owner:4"), R));

        // An entry that is there to be inherited takes nothing from the owner.
        Assert.Equal(0u, Missing(List(Me, "I owner:4"), AccessRights.READ_CONTROL | AccessRights.WRITE_DAC));
    }

    [Fact]
    public void An_administrator_who_is_not_elevated_would_get_in_elevated()
    {
        WindowsDescriptor list = List(Stranger, "A admins:f001f");
        Assert.NotEqual(0u, WindowsAccessCheck.FindMissing(list, Subject(), R, isEvent: false, out _));
        Assert.True(Subject().CanElevate);
        Assert.Equal(0u, WindowsAccessCheck.FindMissing(list, Subject().Elevate(), R, isEvent: false, out _));
    }

    [Fact]
    public void The_entry_that_denies_is_named()
    {
        WindowsAccessCheck.FindMissing(List(Stranger, "A me:2;D team:4;A W:4"), Subject(), R, isEvent: false, out WindowsAce? denying);
        Assert.Equal(Team, denying!.Sid);
        WindowsAccessCheck.FindMissing(List(Stranger, "A me:2"), Subject(), R, isEvent: false, out denying);
        Assert.Null(denying);
    }

    [Theory]
    [InlineData(0x80000000, AccessRights.EVENT_QUERY_STATE | AccessRights.READ_CONTROL)]
    [InlineData(0x40000000, AccessRights.EVENT_MODIFY_STATE | AccessRights.READ_CONTROL)]
    [InlineData(0x20000000, AccessRights.SYNCHRONIZE | AccessRights.READ_CONTROL)]
    [InlineData(0x10000000, AccessRights.EVENT_ALL_ACCESS)]
    public void Generic_rights_are_an_events_own(uint generic, uint rights) =>
        Assert.Equal(rights, WindowsRights.MapGeneric(generic, isEvent: true));

    [Theory]
    [InlineData(ObjectKind.PublisherSection, 0x10000000u, 0x10000000u, 0xF001Fu)]
    [InlineData(ObjectKind.Registry, 0x80000000u, 0x20005u, 0x20007u)]
    [InlineData(ObjectKind.WakeEvent, 0x80000000u, 0x20005u, 0x100000u)]
    [InlineData(ObjectKind.Ownership, 0x80000000u, 0x20007u, 0u)]
    internal void What_may_be_done_with_the_section_may_be_done_with_the_others(ObjectKind kind, uint mask, uint same, uint expected)
    {
        Assert.Equal(expected, WindowsRights.Translate(mask, kind));
        Assert.Equal(expected, WindowsRights.Translate(same, kind));
    }

    [Fact]
    public void All_rights_on_the_section_are_all_rights_on_an_event() =>
        Assert.Equal(AccessRights.EVENT_ALL_ACCESS, WindowsRights.Translate(AccessRights.SECTION_ALL_ACCESS, ObjectKind.WakeEvent));

    [Fact]
    public void A_descriptor_is_read_from_its_bytes()
    {
        // Assembled from the documented layout: owner S-1-5-18; allow S-1-1-0 0x20005; deny S-1-5-32-545 2, inherit only.
        byte[] bytes =
        [
            1, 0, 0x04, 0x90, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0,
            1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0,
            2, 0, 52, 0, 2, 0, 0, 0,
            0, 0, 20, 0, 5, 0, 2, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
            1, 8, 24, 0, 2, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x21, 2, 0, 0,
        ];
        WindowsDescriptor descriptor = WindowsDescriptor.Parse(bytes);
        Assert.Equal("O:S-1-5-18D:P(A;;0x20005;;;S-1-1-0)(D;IO;0x2;;;S-1-5-32-545)", descriptor.ToSddl());
        Assert.Null(descriptor.Label);
        for (int length = 0; length < bytes.Length; length++)
        {
            // A text cut short is refused and never read past its end.
            byte[] cut = bytes[..length];
            Assert.Throws<WinMmf.Errors.WinMmfException>(() => WindowsDescriptor.Parse(cut));
        }
    }

    [Fact]
    public void A_label_and_audit_entries_are_read_from_a_descriptors_bytes()
    {
        // Assembled: no owner; audit of failed writes by S-1-1-0, a label high with no-write-up and no-read-up, an entry of another type;
        // allow S-1-1-0 4.
        byte[] bytes =
        [
            1, 0, 0x14, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 88, 0, 0, 0,
            2, 0, 68, 0, 3, 0, 0, 0,
            2, 0x80, 20, 0, 2, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
            0x11, 0, 20, 0, 3, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 16, 0, 0x30, 0, 0,
            0x14, 0, 20, 0, 3, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 19, 0, 0x30, 0, 0,
            2, 0, 28, 0, 1, 0, 0, 0,
            0, 0, 20, 0, 4, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
        ];
        WindowsDescriptor descriptor = WindowsDescriptor.Parse(bytes);
        Assert.Equal("D:(A;;0x4;;;S-1-1-0)S:(AU;FA;0x2;;;S-1-1-0)(ML;;NWNR;;;S-1-16-12288)", descriptor.ToSddl());
        Assert.Equal(WindowsLabel.High, WindowsLabel.LevelOf(descriptor.Label!.Sid));
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            Assert.Throws<WinMmf.Errors.WinMmfException>(() => WindowsDescriptor.Parse(cut));
        }
    }

    private static uint Missing(WindowsDescriptor list, uint desired) =>
        WindowsAccessCheck.FindMissing(list, Subject(), desired, isEvent: false, out _);

    private static WindowsSubject Subject() => new("me", Me, 1, isCaller: false, [Me, Team, "S-1-1-0"], [WindowsAccount.AdministratorsSid]);

    /// <summary>"A me:4;D team:2": allow me 4, then deny the team 2; I is an entry for children only.</summary>
    private static WindowsDescriptor List(string owner, string text)
    {
        List<WindowsAce> entries = [];
        foreach (string entry in text.Split(';', System.StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry[2..].Split(':');
            string sid = parts[0] switch
            {
                "me" => Me,
                "team" => Team,
                "stranger" => Stranger,
                "owner" => OwnerRights,
                "admins" => WindowsAccount.AdministratorsSid,
                _ => "S-1-1-0"
            };
            uint mask = uint.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            entries.Add(new WindowsAce(
                entry[0] == 'D' ? WindowsAce.DeniedType : WindowsAce.AllowedType, entry[0] == 'I' ? (byte)8 : (byte)0, mask, sid));
        }

        return new WindowsDescriptor(owner, hasList: true, isProtected: true, entries);
    }
}

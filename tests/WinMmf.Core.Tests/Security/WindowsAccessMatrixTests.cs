using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Names;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>
/// Descriptor × access × kind of object: what was worked out by hand, what the predictor computes, and what a second
/// process is really given must be the same in every cell.
/// </summary>
public sealed class WindowsAccessMatrixTests : WindowsTest
{
    private static readonly (string Name, uint Rights)[] SectionAccess =
    [
        ("read", AccessRights.FILE_MAP_READ),
        ("write", AccessRights.FILE_MAP_WRITE),
        ("readwrite", AccessRights.FILE_MAP_READ | AccessRights.FILE_MAP_WRITE),
        ("query", AccessRights.SECTION_QUERY | AccessRights.READ_CONTROL),
        ("control", AccessRights.READ_CONTROL),
        ("change", AccessRights.WRITE_DAC),
        ("all", AccessRights.SECTION_ALL_ACCESS),
    ];

    private static readonly (string Name, uint Rights)[] EventAccess =
    [
        ("wait", AccessRights.SYNCHRONIZE),
        ("set", AccessRights.EVENT_MODIFY_STATE),
        ("waitset", AccessRights.SYNCHRONIZE | AccessRights.EVENT_MODIFY_STATE),
        ("query", AccessRights.EVENT_QUERY_STATE | AccessRights.READ_CONTROL),
        ("control", AccessRights.READ_CONTROL),
        ("change", AccessRights.WRITE_DAC),
        ("all", AccessRights.EVENT_ALL_ACCESS),
    ];

    /// <summary>A descriptor in which a list is present and null; owner and group S-1-5-7.</summary>
    private static readonly byte[] NoList =
        [1, 0, 0x04, 0x80, 20, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 5, 7, 0, 0, 0];

    public static TheoryData<string, string, string, string> Cells => new()
    {
        // What stands in the text, its meaning for a section and for an event: {me} this account, {full} all, {read} what a reader
        // gets; then what this account, a member of Users, Administrators and Everyone, is given. The owner always gets control
        // and change.
        { "default", "O:{me}D:P(A;;{full};;;{me})(A;;{full};;;SY)(A;;{full};;;BA)", "read write readwrite query control change all",
            "wait set waitset query control change all" },
        { "administrators only", "O:ANG:AND:P(A;;{full};;;SY)(A;;{full};;;BA)", "read write readwrite query control change all",
            "wait set waitset query control change all" },
        { "Users read", "O:ANG:AND:P(A;;{full};;;SY)(A;;{read};;;BU)", "read query control", "wait" },
        { "Everyone read", "O:ANG:AND:P(A;;{full};;;SY)(A;;{read};;;WD)", "read query control", "wait" },
        { "this account reads", "O:ANG:AND:P(A;;{read};;;{me})", "read query control", "wait" },
        { "owner only", "O:{me}D:P(A;;{full};;;{me})", "read write readwrite query control change all",
            "wait set waitset query control change all" },
        { "owner, readers alone in the list", "O:{me}D:P(A;;{read};;;WD)", "read query control change", "wait control change" },
        { "somebody else", "O:ANG:AND:P(A;;{full};;;AN)", "", "" },
        { "somebody else, owned", "O:{me}D:P(A;;{full};;;AN)", "control change", "control change" },
        { "this account denied, everyone full", "O:ANG:AND:P(D;;{full};;;{me})(A;;{full};;;WD)", "", "" },
        { "Users denied to read, everyone full", "O:ANG:AND:P(D;;{read};;;BU)(A;;{full};;;WD)", "write change",
            "set query control change" },
        { "Users denied to write, everyone full", "O:ANG:AND:P(D;;0x2;;;BU)(A;;{full};;;WD)", "read query control change",
            "wait query control change" },
        { "somebody else denied, everyone reads", "O:ANG:AND:P(D;;{full};;;AN)(A;;{read};;;WD)", "read query control", "wait" },
        { "two entries together", "O:ANG:AND:P(A;;0x2;;;WD)(A;;{read};;;BU)", "read write readwrite query control", "wait set waitset" },
        { "generic read and write", "O:ANG:AND:P(A;;GR;;;BU)(A;;GW;;;WD)", "read write readwrite query control", "set query control" },
        { "generic execute", "O:ANG:AND:P(A;;GX;;;WD)", "control", "wait control" },
        { "generic all", "O:ANG:AND:P(A;;GA;;;WD)", "read write readwrite query control change all",
            "wait set waitset query control change all" },
        { "for children only", "O:ANG:AND:P(A;OIIO;{full};;;WD)(A;;{read};;;BU)", "read query control", "wait" },
        { "empty list", "O:ANG:AND:P", "", "" },
        { "empty list, owned", "O:{me}D:P", "control change", "control change" },
        { "no list", "O:ANG:AND:NO_ACCESS_CONTROL", "read write readwrite query control change all",
            "wait set waitset query control change all" },
    };

    [SkippableTheory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_as_worked_out_as_predicted_and_as_given(string descriptor, string sddl, string section, string signal)
    {
        Assert.NotEmpty(descriptor);
        using Peer peer = Peer.Start();
        SharedName name = NewName();
        string me = WindowsAccount.CurrentUserSid();
        string text = sddl.Replace("{me}", me, StringComparison.Ordinal);
        Check(peer, name, "", Fill(text, ObjectKind.PublisherSection), SectionAccess, section, WindowsMembership.Current(null));
        Check(peer, name, SharedName.Wake(1), Fill(text, ObjectKind.WakeEvent), EventAccess, signal, WindowsMembership.Current(null));
    }

    /// <summary>
    /// The same for a second process whose token has groups that count only against it: Administrators, as one has who is not
    /// elevated, and Users.
    /// </summary>
    public static TheoryData<string, string, string, string, string> RestrictedCells => new()
    {
        { "S-1-5-32-544", "default", "O:{me}D:P(A;;{full};;;{me})(A;;{full};;;SY)(A;;{full};;;BA)",
            "read write readwrite query control change all", "wait set waitset query control change all" },
        { "S-1-5-32-544", "administrators only", "O:ANG:AND:P(A;;{full};;;SY)(A;;{full};;;BA)", "", "" },
        { "S-1-5-32-544", "administrators, Users read", "O:ANG:AND:P(A;;{full};;;BA)(A;;{read};;;BU)", "read query control", "wait" },
        { "S-1-5-32-544", "administrators own it", "O:BAG:AND:P(A;;{full};;;AN)", "", "" },
        { "S-1-5-32-545", "Users read", "O:ANG:AND:P(A;;{full};;;SY)(A;;{read};;;BU)", "", "" },
        { "S-1-5-32-545", "administrators only", "O:ANG:AND:P(A;;{full};;;BA)", "read write readwrite query control change all",
            "wait set waitset query control change all" },
    };

    public static TheoryData<string, string, string, string, string> DeniedCells => new()
    {
        { "S-1-5-32-544", "administrators denied", "O:ANG:AND:P(D;;{full};;;BA)(A;;{full};;;WD)", "", "" },
        { "S-1-5-32-544", "administrators denied to write", "O:ANG:AND:P(D;;0x2;;;BA)(A;;{full};;;WD)", "read query control change",
            "wait query control change" },
        { "S-1-5-32-545", "Users denied to read", "O:ANG:AND:P(D;;{read};;;BU)(A;;{full};;;WD)", "write change",
            "set query control change" },
    };

    [SkippableTheory]
    [MemberData(nameof(RestrictedCells))]
    public void Groups_that_count_only_against_an_account_let_nobody_in(
        string group, string descriptor, string sddl, string section, string signal) =>
        CheckRestricted(group, descriptor, sddl, section, signal);

    /// <summary>Wine leaves such groups out of entries that deny as well.</summary>
    [SkippableTheory]
    [MemberData(nameof(DeniedCells))]
    [Trait("Category", "RealWindows")]
    public void Groups_that_count_only_against_an_account_do_count_against_it(
        string group, string descriptor, string sddl, string section, string signal) =>
        CheckRestricted(group, descriptor, sddl, section, signal);

    private static void CheckRestricted(string group, string descriptor, string sddl, string section, string signal)
    {
        Assert.NotEmpty(descriptor);
        using Peer peer = Peer.Start();
        peer.Must("restrict", group);
        string[] token = peer.Must("subject");
        Assert.Contains(group, token[2].Split(','));
        WindowsSubject subject = new(
            "peer", WindowsAccount.CurrentUserSid(), null, isCaller: false, token[1].Split(','), token[2].Split(','));
        SharedName name = NewName();
        string text = sddl.Replace("{me}", WindowsAccount.CurrentUserSid(), StringComparison.Ordinal);
        Check(peer, name, "", Fill(text, ObjectKind.PublisherSection), SectionAccess, section, subject);
        Check(peer, name, SharedName.Wake(1), Fill(text, ObjectKind.WakeEvent), EventAccess, signal, subject);
    }

    /// <summary>
    /// Wine lets an entry that denies win wherever it stands; Windows ends its search at the entry that grants the last missing right.
    /// </summary>
    [SkippableFact]
    [Trait("Category", "RealWindows")]
    public void An_entry_that_grants_wins_over_one_that_denies_behind_it()
    {
        using Peer peer = Peer.Start();
        Check(peer, NewName(), "",
            "O:{me}D:P(A;;0x4;;;WD)(D;;0xf001f;;;{me})".Replace("{me}", WindowsAccount.CurrentUserSid(), StringComparison.Ordinal),
            SectionAccess, "read control change", WindowsMembership.Current(null));
    }

    [SkippableFact]
    public void The_matrix_has_both_answers_for_every_access()
    {
        object[][] rows = [.. Cells.Select(row => ((object[])row))];
        Assert.True(rows.Length * (SectionAccess.Length + EventAccess.Length) >= 280);
        foreach ((int column, (string Name, uint Rights)[] kinds) in new[] { (2, SectionAccess), (3, EventAccess) })
        {
            foreach ((string access, _) in kinds)
            {
                int allowed = rows.Count(row => ((string)row[column]).Split(' ').Contains(access));
                Assert.InRange(allowed, 2, rows.Length - 2);
            }
        }
    }

    /// <summary>
    /// Wine gives an event's owner SYNCHRONIZE even where no entry does; Windows gives it READ_CONTROL and WRITE_DAC, as
    /// documented, and that is what the predictor computes.
    /// </summary>
    private static string AsWineHasIt(string expected, WindowsDescriptor list, bool isEvent) =>
        IsWine && isEvent && expected == "control change" && list.Owner == WindowsAccount.CurrentUserSid() ? "wait " + expected : expected;

    private static string Fill(string text, ObjectKind kind) => text
        .Replace("{full}", Hex(WindowsRights.Full(kind)), StringComparison.Ordinal)
        .Replace("{read}", Hex(WindowsRights.For(kind, AccessRight.Read)), StringComparison.Ordinal);

    private static string Hex(uint rights) => "0x" + rights.ToString("x", CultureInfo.InvariantCulture);

    private static void Check(
        Peer peer, SharedName name, string suffix, string sddl, (string Name, uint Rights)[] kinds, string expected, WindowsSubject subject)
    {
        string fullName = WindowsObjectName.For(name, suffix);
        bool isEvent = suffix.Length > 0;
        using SafeKernelHandle handle = Make(fullName, sddl, isEvent);
        WindowsDescriptor list = WindowsObjectSecurity.Read(handle, fullName);
        List<string> predicted = [];
        List<string> given = [];
        foreach ((string access, uint rights) in kinds)
        {
            if (WindowsAccessCheck.FindMissing(list, subject, rights, isEvent, out _) == 0)
                predicted.Add(access);
            string[] answer = peer.Ask(
                "open-object", isEvent ? "event" : "section", fullName, rights.ToString("x", CultureInfo.InvariantCulture));
            if (answer[0] == "ok")
                given.Add(access);
            else
                Assert.Equal(["refused", "5"], answer);
        }

        Assert.Equal($"{sddl}: {AsWineHasIt(expected, list, isEvent)}", $"{sddl}: {string.Join(' ', given)}");
        Assert.Equal($"{sddl}: {expected}", $"{sddl}: {string.Join(' ', predicted)}");
    }

    private static SafeKernelHandle Make(string fullName, string sddl, bool isEvent)
    {
        IntPtr bytes = Marshal.AllocHGlobal(NoList.Length);
        Marshal.Copy(NoList, 0, bytes, NoList.Length);
        try
        {
            // Wine's SDDL takes "no list" for an empty one.
            bool hasList = !sddl.EndsWith("NO_ACCESS_CONTROL", StringComparison.Ordinal);
            using SafeLocalMemory? descriptor = hasList ? WindowsSecurityDescriptor.TryConvert(sddl, out _) : null;
            Assert.True(descriptor is not null || !hasList, sddl);
            SecurityAttributes attributes =
                new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor?.Address ?? bytes };
            SafeKernelHandle handle = isEvent
                ? Kernel32.CreateEventW(in attributes, manualReset: false, initialState: false, fullName)
                : Kernel32.CreateFileMappingW(new IntPtr(-1), in attributes, 4, 0, 4096, fullName);
            Assert.False(handle.IsInvalid, $"{fullName} with {sddl}: error {Marshal.GetLastWin32Error()}");
            return handle;
        }
        finally
        {
            Marshal.FreeHGlobal(bytes);
        }
    }
}

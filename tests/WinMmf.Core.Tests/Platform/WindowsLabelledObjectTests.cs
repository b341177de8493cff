using System;
using System.Linq;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Labels on live objects. Wine keeps and tells them and does not enforce them (docs/windows.md).</summary>
public sealed class WindowsLabelledObjectTests : WindowsTest
{
    private const string High = "(ML;;NW;;;S-1-16-12288)";

    [SkippableFact]
    public void What_an_elevated_publisher_alone_writes_has_a_label_and_what_readers_write_has_none()
    {
        Skip.If(WindowsAccount.CurrentLevel() < WindowsLabel.High, "Only an elevated process labels.");
        SharedName name = NewName();
        using FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "test", Access = new AccessPolicy(["Users"]) });

        AccessReport report = MemoryAccess.Read(name)!;

        Assert.True(report.IsInStep);
        Assert.All(report.Objects,
            target => Assert.Equal(target.Part is "control" or "owner" || target.Part.StartsWith("pixels", StringComparison.Ordinal),
            target.Descriptor.Contains("S:" + OwnLabel, StringComparison.Ordinal)));
        Assert.All(report.Objects,
            target => Assert.Equal(
            target.Descriptor.Contains(OwnLabel, StringComparison.Ordinal), target.Descriptor.Contains("S:", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void A_label_lasts_over_a_takeover_and_goes_to_new_pixels()
    {
        SharedName name = NewName();
        string sddl = $"D:P(A;;GA;;;{WindowsAccount.CurrentUserSid()})(A;;GA;;;SY)S:(ML;;NW;;;S-1-16-12288)";
        FrameFormat small = FrameFormat.Packed(16, 8, PixelFormat.Gray8), large = FrameFormat.Packed(1024, 512, PixelFormat.Gray8);
        using FrameReader reader = MakeAndLeave(name, sddl, small);
        using FrameWriter second = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "second", PayloadCapacity = small.PayloadLength });
        AssertLabelled(name);

        Assert.True(second.TryBegin(large, out FrameSlot slot));
        second.Publish(slot);

        AssertLabelled(name);
    }

    [SkippableFact]
    public void An_elevated_takeover_raises_the_label_of_what_a_lower_process_made()
    {
        Skip.If(WindowsAccount.CurrentLevel() < WindowsLabel.High, "Only an elevated process labels.");
        SharedName name = NewName();
        string sddl = $"D:P(A;;GA;;;{WindowsAccount.CurrentUserSid()})(A;;GA;;;SY)";
        FrameFormat format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);
        using FrameReader reader = MakeAndLeave(name, sddl, format);

        // As a process of medium level leaves it.
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl(sddl + "S:(ML;;NW;;;ME)")).Apply();
        Assert.All(MemoryAccess.Read(name)!.Objects.Where(target => target.Kind == ObjectKind.PublisherSection),
            target => Assert.Contains("S-1-16-8192", target.Descriptor, StringComparison.Ordinal));
        using FrameWriter second = FrameWriter.Create(
            new FrameChannelOptions(name) { Source = "second", PayloadCapacity = format.PayloadLength });

        Assert.True(second.TookOver);
        Assert.All(MemoryAccess.Read(name)!.Objects.Where(target => target.Kind == ObjectKind.PublisherSection),
            target => Assert.EndsWith("S:" + OwnLabel, target.Descriptor, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_change_of_access_keeps_the_label_unless_it_names_one()
    {
        SharedName name = NewName();
        string me = WindowsAccount.CurrentUserSid();
        using NamedMemory memory = NamedMemory.Create(name, 100, AccessPolicy.FromSddl($"D:P(A;;GA;;;{me})S:{High}"));
        Assert.Equal([High, High], Labels(name));

        MemoryAccess.PlanGrant(name, "Users", AccessRight.Read).Apply();
        Assert.Equal([High, High], Labels(name));
        MemoryAccess.PlanSet(name, new AccessPolicy(["Users"])).Apply();
        Assert.Equal([High, High], Labels(name));
        MemoryAccess.PlanSet(name, AccessPolicy.FromSddl($"D:P(A;;GA;;;{me})S:(ML;;NW;;;LW)")).Apply();
        Assert.Equal(["(ML;;NW;;;S-1-16-4096)", "(ML;;NW;;;S-1-16-4096)"], Labels(name));
    }

    [SkippableFact]
    public void Two_labels_are_refused()
    {
        SharedName name = NewName();
        Assert.Equal(WinMmfErrorId.InvalidAccess,
            Given.ErrorOf(() => NamedMemory.Create(name, 1, AccessPolicy.FromSddl("D:P(A;;GA;;;WD)S:(ML;;NW;;;HI)(ML;;NW;;;LW)"))));
    }

    [SkippableTheory]
    [InlineData(1314, "O:S-1-5-18D:P(A;;GA;;;WD)S:(AU;FA;GA;;;WD)", WinMmfErrorId.PrivilegeNotHeld, "SeSecurityPrivilege")]
    [InlineData(1314, "D:P(A;;GA;;;WD)S:(ML;;NW;;;S-1-16-20480)", WinMmfErrorId.LabelDenied, "own level")]
    [InlineData(1299, "D:P(A;;GA;;;WD)S:(ML;;NW;;;S-1-16-20480)", WinMmfErrorId.LabelDenied, "own level")]
    [InlineData(1307, "O:S-1-5-7D:P(A;;GA;;;WD)", WinMmfErrorId.InvalidAccess, "(O:)")]
    public void A_refused_descriptor_is_not_taken_for_the_right_to_make_global_names(int error, string sddl, WinMmfErrorId id, string part)
    {
        WindowsDescriptor descriptor = WindowsSecurityDescriptor.Read(sddl);
        WinMmfException e = WindowsSectionStore.Refusal(
            NameScope.Global, @"Global\x", 1, Residency.MemoryResidency.None, descriptor, error);
        Assert.Equal(id, e.ErrorId);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(WindowsPrivilege.CreateGlobal, e.Message, StringComparison.Ordinal);
        Assert.Equal(error, e.NativeErrorCode);
    }

    [SkippableTheory]
    [InlineData(1314, WinMmfErrorId.PrivilegeNotHeld)]
    [InlineData(5, WinMmfErrorId.CreationDenied)]
    public void A_local_name_never_lacks_the_right_to_make_global_ones(int error, WinMmfErrorId id)
    {
        WinMmfException e = WindowsSectionStore.Refusal(
            NameScope.Local, @"Local\x", 1, Residency.MemoryResidency.None, WindowsSecurityDescriptor.Read("D:P(A;;GA;;;WD)"), error);
        Assert.Equal(id, e.ErrorId);
        Assert.DoesNotContain(WindowsPrivilege.CreateGlobal, e.Message, StringComparison.Ordinal);
    }

    private static string OwnLabel => WindowsAccount.CurrentLevel() >= WindowsLabel.System ? "(ML;;NW;;;S-1-16-16384)" : High;

    private static FrameReader MakeAndLeave(SharedName name, string sddl, FrameFormat format)
    {
        using FrameWriter first = FrameWriter.Create(new FrameChannelOptions(name)
        {
            Source = "first",
            PayloadCapacity = format.PayloadLength,
            Access = AccessPolicy.FromSddl(sddl)
        });
        return FrameReader.Open(name.Name, name.Scope);
    }

    private static void AssertLabelled(SharedName name) =>
        Assert.All(MemoryAccess.Read(name)!.Objects.Where(target => target.Kind == ObjectKind.PublisherSection),
            target => Assert.EndsWith("S:" + High, target.Descriptor, StringComparison.Ordinal));

    private static string[] Labels(SharedName name) =>
        MemoryAccess.Read(name)!.Objects.Select(
        target => target.Descriptor[(target.Descriptor.IndexOf("S:(", StringComparison.Ordinal) + 2)..]).ToArray();
}

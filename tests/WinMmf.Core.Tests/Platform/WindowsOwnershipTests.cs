using System;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows;
using WinMmf.Processes;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>The section that owns a channel on Windows (protocol 10.5).</summary>
public sealed unsafe class WindowsOwnershipTests : WindowsTest
{
    [SkippableFact]
    public void The_owner_section_says_whose_it_is_for_as_long_as_it_exists()
    {
        SharedName name = NewName();
        WindowsSectionStore sections = (WindowsSectionStore)Given.Platform.Sections;
        using (TestSite site = new(name))
        using (SharedSection owner = sections.TryOpen(name, SharedName.OwnerSuffix, writable: false)!)
        {
            Assert.InRange(owner.Size, OwnerLayout.Size, long.MaxValue);
            Assert.True(SectionAnchor.TryReadMapped(owner.Address, owner.Size, out SectionAnchor anchor));
            Assert.True(anchor.Is(SectionKind.Owner, name));
            Assert.Equal((uint)OwnerLayout.Size, anchor.StructureSize);
            Assert.Equal("", anchor.Tie.Random);
            Assert.Equal((uint)SectionKind.Control, *(uint*)(owner.Address + OwnerLayout.OwnedKindOffset));
            Assert.Equal(0u, *(uint*)(owner.Address + OwnerLayout.MadeAnewOffset));
            Assert.Equal(Given.Platform.Processes.Current, SharedIdentity.Read(owner.Address + OwnerLayout.CreatorOffset));
        }

        Assert.Null(sections.TryOpen(name, SharedName.OwnerSuffix, writable: false));
    }
}

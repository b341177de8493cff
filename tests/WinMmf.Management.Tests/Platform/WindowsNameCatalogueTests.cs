using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

public sealed class WindowsNameCatalogueTests : WindowsTest
{
    [SkippableTheory]
    [InlineData(NameScope.Local, NameScope.Global)]
    [InlineData(NameScope.Global, NameScope.Local)]
    public void A_section_with_a_registry_is_listed_in_its_own_scope(NameScope scope, NameScope other)
    {
        Kernel32.ProcessIdToSessionId(Kernel32.GetCurrentProcessId(), out uint session);
        Skip.If(session == 0, "In session 0 Local and Global are one directory.");
        SharedName name = NewName(scope);
        using SharedSection section = Platform.Sections.Create(name, 1, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { });
        Assert.DoesNotContain(name, Given.Management.Catalogue.List(scope));

        using (new WindowsSectionStore()
            .Create(name, SharedName.RegistrySuffix, RegistryLayout.Size, ObjectKind.Registry, AccessPolicy.Private, _ => { }))
        {
            Assert.Contains(name, Given.Management.Catalogue.List(scope));
            Assert.DoesNotContain(new SharedName(name.Name, other), Given.Management.Catalogue.List(other));
        }

        Assert.DoesNotContain(name, Given.Management.Catalogue.List(scope));
    }

    [SkippableFact]
    public void A_section_with_holders_is_listed_without_its_parts()
    {
        SharedName name = NewName();
        using SharedSection holders = new WindowsSectionStore()
            .Create(name, SharedName.HoldersSuffix, 1, ObjectKind.LockedMemory, AccessPolicy.Private, _ => { });
        using SharedSection memory = Platform.Sections.Create(name, 1, ObjectKind.LockedMemory, AccessPolicy.Private, _ => { });

        Assert.Single(
            Given.Management.Catalogue.List(NameScope.Local), listed => listed.Name.StartsWith(name.Name, System.StringComparison.Ordinal));
    }
}

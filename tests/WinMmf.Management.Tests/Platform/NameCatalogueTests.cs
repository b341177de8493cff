using System.Linq;
using WinMmf.Management.Platform;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

public sealed class NameCatalogueTests
{
    private static readonly INameCatalogue Catalogue = Given.Management.Catalogue;

    [Theory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public void A_channel_is_listed_once_and_only_in_its_scope(NameScope scope)
    {
        SharedName name = Given.NewName(scope);
        SharedName elsewhere = new(name.Name, scope == NameScope.Local ? NameScope.Global : NameScope.Local);
        Assert.DoesNotContain(name, Catalogue.List(scope));
        using (ReaderRegistry registry = Given.Platform.Registries.CreateOrOpen(name, AccessPolicy.Private))
        using (SharedSection pixels = Given.Create(name, SharedName.Pixels(1)))
        using (SharedSection control = Given.Create(name))
        {
            Assert.Single(Catalogue.List(scope), name);
            Assert.DoesNotContain(elsewhere, Catalogue.List(elsewhere.Scope));
        }

        Assert.DoesNotContain(name, Catalogue.List(scope));
    }

    [Fact]
    public void A_memory_is_listed()
    {
        SharedName name = new("größe 相机 " + Given.NewName().Name, NameScope.Local);
        using SharedSection holders = Given.Create(name, SharedName.HoldersSuffix, kind: ObjectKind.LockedMemory);
        using SharedSection memory = Given.Create(name, kind: ObjectKind.LockedMemory);
        Assert.Equal(1, Catalogue.List(NameScope.Local).Count(listed => listed == name));
    }
}

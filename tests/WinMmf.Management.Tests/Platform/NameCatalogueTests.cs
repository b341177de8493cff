using System.Linq;
using WinMmf.Frames;
using WinMmf.Management.Platform;
using WinMmf.Memory;
using WinMmf.Names;
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
        using (FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)))
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
        using NamedMemory memory = NamedMemory.Create(name, 100);
        Assert.Equal(1, Catalogue.List(NameScope.Local).Count(listed => listed == name));
    }
}

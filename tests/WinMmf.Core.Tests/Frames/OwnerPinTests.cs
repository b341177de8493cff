using System;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>Who opens a name can say whose it must be.</summary>
public sealed class OwnerPinTests
{
    private const string Nobody = "61001";
    private static readonly string Other = OperatingSystem.IsWindows() ? "S-1-5-32-546" : Nobody;

    [Fact]
    public void A_channel_of_the_account_that_is_meant_is_read_and_no_other()
    {
        SharedName name = Given.NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { PayloadCapacity = 64 });
        string owner;
        using (FrameReader reader = FrameReader.Open(name.Name, name.Scope))
            owner = reader.OwnerId;
        Assert.NotEmpty(owner);
        foreach (string meant in new[] { owner, Given.Platform.Access.NameOfOwner(owner) })
        {
            using FrameReader reader = FrameReader.Open(name.Name, name.Scope, new FrameReaderOptions { Owner = meant });
            Assert.Equal(owner, reader.OwnerId);
        }

        WinMmfException e = Assert.Throws<WinMmfException>(
            () => FrameReader.Open(name.Name, name.Scope, new FrameReaderOptions { Owner = Other }).Dispose());
        Assert.Equal((WinMmfErrorId.WrongOwner, Given.Platform.Access.NameOfOwner(owner)), (e.ErrorId, e.Facts.Owner));
        FrameStreamOptions options = new() { Owner = Other };
        Assert.Equal(WinMmfErrorId.WrongOwner, Given.ErrorOf(() => FrameStream.Open(name.Name, name.Scope, options).Dispose()));
        Assert.Equal(WinMmfErrorId.WrongOwner, Given.ErrorOf(() => FrameCopy.Take(name.Name, name.Scope, owner: Other)));
    }

    [Fact]
    public void A_memory_of_another_account_is_not_opened()
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, 100);
        NamedMemory.Open(name.Name, name.Scope, owner: memory.OwnerId).Dispose();
        Assert.Equal(WinMmfErrorId.WrongOwner, Given.ErrorOf(() => NamedMemory.Open(name.Name, name.Scope, owner: Other).Dispose()));
    }

    [Theory]
    [InlineData("no such account here")]
    public void An_account_that_does_not_exist_is_an_error_and_not_any_owner(string account)
    {
        SharedName name = Given.NewName();
        using NamedMemory memory = NamedMemory.Create(name, 100);
        Assert.Equal(WinMmfErrorId.UnknownAccount, Given.ErrorOf(() => NamedMemory.Open(name.Name, name.Scope, owner: account).Dispose()));
    }

    [SkippableTheory]
    [InlineData("Everyone")]
    [InlineData("group:root")]
    public void Who_is_no_single_user_owns_no_file(string account)
    {
        Given.SkipUnlessLinux();
        Assert.Equal(WinMmfErrorId.InvalidArgument, Given.ErrorOf(() => Given.Platform.Access.ResolveOwner(account)));
    }
}

using System;
using System.Text;
using WinMmf.Errors;
using WinMmf.Names;
using Xunit;

namespace WinMmf.Tests.Memory;

public sealed class SharedNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData(@"Global\a")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("door\u202Egpj.exe")]
    [InlineData("a\u2066b\u2069")]
    [InlineData("x.registry")]
    [InlineData("x.owner")]
    [InlineData("x.holders")]
    [InlineData("x.pixels.1")]
    [InlineData("x.pixels.0042")]
    [InlineData("x.wake.63")]
    [InlineData(".registry")]
    public void Illegal_names_are_refused_with_a_reason(string text)
    {
        Assert.NotNull(SharedName.FindFault(text));
        WinMmfException e = Assert.Throws<WinMmfException>(() => new SharedName(text, NameScope.Local));
        Assert.Equal(WinMmfErrorId.InvalidName, e.ErrorId);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        // Not as InlineData: attributes cannot hold it.
        Assert.NotNull(SharedName.FindFault("half \uD83D"));
        Assert.NotNull(SharedName.FindFault("half \uDE00 too"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("...")]
    [InlineData("Camera 1 (left)")]
    [InlineData("größe 相机 😀")]
    [InlineData("x.pixels")]
    [InlineData("x.pixels.1a")]
    [InlineData("x.pixels.")]
    [InlineData("pixels.1")]
    [InlineData("x.Registry")]
    [InlineData("x.registry.y")]
    [InlineData("-rf *")]
    public void Other_names_are_taken_as_they_are(string text)
    {
        Assert.Null(SharedName.FindFault(text));
        Assert.Equal(text, new SharedName(text, NameScope.Global).Name);
    }

    [Fact]
    public void Length_counts_in_bytes()
    {
        Assert.Null(SharedName.FindFault(new string('a', SharedName.MaxBytes)));
        Assert.NotNull(SharedName.FindFault(new string('a', SharedName.MaxBytes + 1)));
        string umlauts = new('ä', SharedName.MaxBytes / 2);
        Assert.Equal(SharedName.MaxBytes, Encoding.UTF8.GetByteCount(umlauts));
        Assert.Null(SharedName.FindFault(umlauts));
        Assert.NotNull(SharedName.FindFault(umlauts + "a"));
    }

    [Fact]
    public void Null_is_no_name() => Assert.NotNull(SharedName.FindFault(null));

    [Fact]
    public void A_scope_that_does_not_exist_is_refused() =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Assert.Throws<WinMmfException>(static () => new SharedName("a", (NameScope)7)).ErrorId);

    [Fact]
    public void Equality_is_exact()
    {
        SharedName name = new("Kamera", NameScope.Local);
        Assert.Equal(new SharedName("Kamera", NameScope.Local), name);
        Assert.NotEqual(new SharedName("kamera", NameScope.Local), name);
        Assert.NotEqual(new SharedName("Kamera", NameScope.Global), name);
        Assert.True(name != default);
        Assert.Equal(name.GetHashCode(), new SharedName("Kamera", NameScope.Local).GetHashCode());
        Assert.Equal(@"Local\Kamera", name.ToString());
    }
}

using System.Linq;
using WinMmf.Management.Platform.Windows;
using Xunit;

namespace WinMmf.Management.Tests.Control;

/// <summary>What may be connected to. It asks the system nothing, so it is tested everywhere.</summary>
public sealed class WindowsPipeNameTests
{
    [Theory]
    [InlineData("winmmf-0123456789abcdef")]
    [InlineData(@"ProtectedPrefix\Administrators\winmmf-0123456789abcdef")]
    public void The_two_forms_are_accepted(string name) => Assert.True(WindowsPipeName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("winmmf-")]
    [InlineData("winmmf-0123456789abcde")]
    [InlineData("winmmf-0123456789abcdef0")]
    [InlineData("winmmf-0123456789ABCDEF")]
    [InlineData("WINMMF-0123456789abcdef")]
    [InlineData("winmmf-0123456789abcdeg")]
    [InlineData("winmmf-0123456789abcde\u0661")]
    [InlineData("winmmf-0123456789abcdef\0")]
    [InlineData("winmmf-0123456789abcdef ")]
    [InlineData("\\winmmf-0123456789abcdef")]
    [InlineData("winmmf-\\123456789abcdef")]
    [InlineData("winmmf-/123456789abcdef")]
    [InlineData(@"..\UNC\host\winmmf-0123456789abcdef")]
    [InlineData(@"..\UNC\host\share")]
    [InlineData(@"..\..\C:\winmmf-0123456789abcdef")]
    [InlineData(@"ProtectedPrefix\Administrators\..\..\..\UNC\host\pipe\winmmf-0123456789abcdef")]
    [InlineData(@"ProtectedPrefix\LocalService\winmmf-0123456789abcdef")]
    [InlineData(@"protectedprefix\administrators\winmmf-0123456789abcdef")]
    [InlineData(@"ProtectedPrefix\Administrators\")]
    [InlineData(@"ProtectedPrefix\Administrators\winmmf-0123456789abcdef\x")]
    [InlineData(@"LOCAL\winmmf-0123456789abcdef")]
    [InlineData("WinMmf.4242.0123456789ABCDEF")]
    public void Anything_else_is_refused(string name) => Assert.False(WindowsPipeName.IsValid(name));

    [Fact]
    public void A_made_name_is_valid_and_not_to_be_guessed()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => WindowsPipeName.Make(isProtected: i % 2 == 0))];
        Assert.All(names, name => Assert.True(WindowsPipeName.IsValid(name)));
        Assert.Equal(100, names.Select(name => name[^16..]).Distinct().Count());
        Assert.Equal(50, names.Count(name => name.StartsWith(@"ProtectedPrefix\Administrators\", System.StringComparison.Ordinal)));
    }
}

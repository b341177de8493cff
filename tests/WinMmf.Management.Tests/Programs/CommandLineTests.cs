using WinMmf.Errors;
using WinMmf.Management.Programs;
using Xunit;

namespace WinMmf.Management.Tests.Programs;

public sealed class CommandLineTests
{
    // What CommandLineToArgvW is documented to make of each line is the argument beside it.
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("tab\there", "\"tab\there\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("C:\\folder\\file", "C:\\folder\\file")]
    [InlineData("C:\\a folder\\", "\"C:\\a folder\\\\\"")]
    [InlineData("ends in two\\\\", "\"ends in two\\\\\\\\\"")]
    [InlineData("\\\"", "\"\\\\\\\"\"")]
    [InlineData("\\\\server\\share", "\\\\server\\share")]
    [InlineData("%PATH% & 'x' $y", "\"%PATH% & 'x' $y\"")]
    public void Quotes_one_argument_by_the_rule(string argument, string expected) =>
        Assert.Equal(expected, CommandLine.Join([argument]));

    [Fact]
    public void Separates_arguments_by_blanks() => Assert.Equal("a \"\" \"b c\"", CommandLine.Join(["a", "", "b c"]));

    [Fact]
    public void Refuses_what_no_command_line_can_carry()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => CommandLine.Join(["a\0b"]));
        Assert.Equal(WinMmfErrorId.InvalidArgument, e.ErrorId);
    }
}

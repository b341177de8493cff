using System;
using WinMmf.Text;
using Xunit;

namespace WinMmf.Tests.Text;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("\u001b[2J", "?[2J")]
    [InlineData("\u001b]0;title\u0007", "?]0;title?")]
    [InlineData("\u009b31m", "?31m")]
    [InlineData("one\r\ntwo\u2028three\u2029four", "one??two?three?four")]
    [InlineData("a\u202Ab\u202Bc\u202Cd\u202De\u202Ef", "a?b?c?d?e?f")]
    [InlineData("a\u2066b\u2067c\u2068d\u2069e", "a?b?c?d?e")]
    [InlineData("\0\t\b\u007F", "????")]
    public void What_controls_a_terminal_begins_a_line_or_turns_the_direction_becomes_a_question_mark(string text, string expected)
    {
        Assert.True(ForeignText.HasUnfit(text));
        Assert.Equal(expected, ForeignText.Clean(text));
        Assert.False(ForeignText.HasUnfit(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Camera 1 (left)")]
    [InlineData("größe 相机 😀")]
    [InlineData("כניסה ראשית")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("👩\u200D💻")]
    [InlineData("\uFFFD")]
    public void Text_of_any_language_stays_as_it_is(string text)
    {
        Assert.False(ForeignText.HasUnfit(text));
        Assert.Same(text, ForeignText.Clean(text));
    }

    [Fact]
    public void No_control_character_is_forgotten()
    {
        for (int c = char.MinValue; c <= char.MaxValue; c++)
        {
            if (char.IsControl((char)c))
                Assert.Equal("?", ForeignText.Clean(((char)c).ToString()));
        }
    }
}

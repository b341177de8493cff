using System;
using System.Text;
using WinMmf.Layouts;
using Xunit;

namespace WinMmf.Tests.Memory;

public sealed unsafe class SharedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("abcdefgh", "abcdefgh")]
    [InlineData("abcdefghi", "abcdefgh")]
    [InlineData("abcdefgä", "abcdefg")]
    [InlineData("äöüä€", "äöüä")]
    public void Text_is_cut_at_a_whole_character(string text, string expected)
    {
        byte[] field = new byte[9];
        field.AsSpan().Fill(0xFF);
        fixed (byte* f = field)
        {
            SharedText.Write(f, 8, text);
            Assert.Equal(expected, SharedText.Read(f, 8));
        }

        Assert.Equal(0xFF, field[8]);
    }

    [Fact]
    public void Control_characters_of_a_hostile_writer_reach_no_terminal()
    {
        byte[] field = Encoding.UTF8.GetBytes("a\u001b[31mb\n\u0085c\u202Ed");
        fixed (byte* f = field)
            Assert.Equal("a?[31mb??c?d", SharedText.Read(f, field.Length));
    }
}

using System;
using System.Linq;
using System.Text;
using WinMmf.PowerShell.Advice;
using Xunit;

namespace WinMmf.PowerShell.Tests.Advice;

/// <summary>Here by the rules of the language; tests/pester/Quoting.Tests.ps1 asks its own parser.</summary>
public sealed class PowerShellTextTests
{
    [Theory]
    [InlineData("door", "'door'")]
    [InlineData("", "''")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("$(rm *)", "'$(rm *)'")]
    [InlineData("a'b", "'a''b'")]
    [InlineData("a\u2018b\u2019c\u201Ad\u201Be", "'a\u2018\u2018b\u2019\u2019c\u201A\u201Ad\u201B\u201Be'")]
    [InlineData("a\u201Cb\"c", "'a\u201Cb\"c'")]
    [InlineData("a\nb", "('a' + [char] 0x000A + 'b')")]
    [InlineData("a\u202Eb", "('a' + [char] 0x202E + 'b')")]
    [InlineData("\u2028", "('' + [char] 0x2028 + '')")]
    [InlineData("😀", "'😀'")]
    [InlineData("\U000E0041", "('' + [char] 0xDB40 + '' + [char] 0xDC41 + '')")]
    public void A_value_is_one_argument(string value, string expected) => Assert.Equal(expected, PowerShellText.Quote(value));

    [Theory]
    [InlineData("cam-1.left_2", "cam-1.left_2")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("0x10", "'0x10'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("a\u2019b", "'a\u2019\u2019b'")]
    [InlineData("a\u202Eb", "('a' + [char] 0x202E + 'b')")]
    [InlineData("ü", "'ü'")]
    public void A_completed_word_has_quotation_marks_where_it_needs_them(string value, string expected) =>
        Assert.Equal(expected, PowerShellText.QuoteIfNeeded(value));

    [Theory]
    [InlineData("cam*", "'cam`*'")]
    [InlineData("[ab]?", "'`[ab`]`?'")]
    [InlineData("a`b", "'a``b'")]
    public void A_name_that_looks_like_a_pattern_means_itself(string name, string expected) =>
        Assert.Equal(expected, PowerShellText.QuotePattern(name));

    [Fact]
    public void No_text_ends_its_quotation_marks_early()
    {
        const string Alphabet = "a '\"\u2018\u2019\u201A\u201B\u201C\u201D\u201E`$(){}[];&|\n\r\t\u0085\u2028\u202E#@-*?😀";
        Random random = new(20_260_101);
        for (int round = 0; round < 20_000; round++)
        {
            StringBuilder value = new();
            for (int i = random.Next(8); i > 0; i--)
                value.Append(Alphabet[random.Next(Alphabet.Length)]);
            Assert.Equal(value.ToString(), Parse(PowerShellText.Quote(value.ToString())));
        }
    }

    /// <summary>Reads a sum of single-quoted strings and characters, and nothing else.</summary>
    private static string Parse(string text)
    {
        const string Marks = "'\u2018\u2019\u201A\u201B";
        bool isSum = text[0] == '(';
        string rest = isSum ? text[1..^1] : text;
        StringBuilder value = new();
        while (true)
        {
            if (rest.StartsWith("[char] 0x", StringComparison.Ordinal))
            {
                value.Append((char)Convert.ToInt32(rest[9..13], 16));
                rest = rest[13..];
            }
            else
            {
                Assert.Equal('\'', rest[0]);
                int i = 1;
                for (; !(Marks.Contains(rest[i]) && (i + 1 == rest.Length || !Marks.Contains(rest[i + 1]))); i++)
                {
                    if (Marks.Contains(rest[i]))
                        i++;
                    value.Append(rest[i]);
                }

                rest = rest[(i + 1)..];
            }

            if (rest.Length == 0)
                return value.ToString();
            Assert.True(isSum && rest.StartsWith(" + ", StringComparison.Ordinal), text);
            rest = rest[3..];
        }
    }
}

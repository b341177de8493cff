using System;
using System.Linq;
using WinMmf.Management.Json;
using Xunit;

namespace WinMmf.Management.Tests.Json;

public sealed class JsonReaderTests
{
    [Fact]
    public void It_reads_values_comments_and_a_last_comma()
    {
        JsonValue root = JsonReader.Read(
            "// one\n{ /* two\n */ \"a\": [1, -2.5e+3, true, null, ], \"b\": { \"c\": \"x\\u00e9\\n\\\"\\\\/ // no comment\" }, }\n// end");
        Assert.Equal(["a", "b"], root.Members.Select(static member => member.Key));
        Assert.Equal(["1", "-2.5e+3", "true", "null"], root.Members[0].Value.Items.Select(static item => item.Text));
        Assert.Equal(
            [JsonKind.Number, JsonKind.Number, JsonKind.Bool, JsonKind.Null],
            root.Members[0].Value.Items.Select(static item => item.Kind));
        Assert.Equal("xé\n\"\\/ // no comment", root.Members[1].Value.Members[0].Value.Text);
    }

    [Fact]
    public void Every_value_knows_its_place()
    {
        JsonValue root = JsonReader.Read("{\r\n  \"a\": 1,\r\n\t\"b\": [\r\n true ]\r\n}");
        Assert.Equal((1, 1), At(root.Place));
        Assert.Equal((2, 3), At(root.Members[0].Place));
        Assert.Equal((2, 8), At(root.Members[0].Value.Place));
        Assert.Equal((3, 2), At(root.Members[1].Place));
        Assert.Equal((4, 2), At(root.Members[1].Value.Items[0].Place));
    }

    [Theory]
    [InlineData("", 1, 1, "no value")]
    [InlineData("// only a comment", 1, 18, "no value")]
    [InlineData("{ \"a\": 1", 1, 9, "still open")]
    [InlineData("{\n \"a\": [1, 2\n}", 3, 1, "comma or ]")]
    [InlineData("{ \"a\" 1 }", 1, 7, "colon")]
    [InlineData("{ \"a\": 1 \"b\": 2 }", 1, 10, "comma or }")]
    [InlineData("{ a: 1 }", 1, 3, "double quotes")]
    [InlineData("{ \"a\": 'x' }", 1, 8, "double quotes")]
    [InlineData("{ \"a\": yes }", 1, 8, "'yes' is no value")]
    [InlineData("{ \"a\": 01 }", 1, 8, "'01' is no number")]
    [InlineData("{ \"a\": 1,5 }", 1, 10, "double quotes")]
    [InlineData("{ \"a\": 1. }", 1, 8, "no number")]
    [InlineData("{ \"a\": -x }", 1, 8, "no number")]
    [InlineData("{ \"a\": 1e }", 1, 8, "no number")]
    [InlineData("{ \"a\": \"x\n\" }", 1, 8, "no closing quote")]
    [InlineData("{ \"a\": \"C:\\logs\" }", 1, 11, "backslash twice")]
    [InlineData("{ \"a\": \"\\u12\" }", 1, 9, "backslash twice")]
    [InlineData("{ \"a\": \"\t\" }", 1, 9, "\\t")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", 1, 11, "second time")]
    [InlineData("{ /* \n", 1, 3, "does not end")]
    [InlineData("{ / }", 1, 3, "comment begins")]
    [InlineData("{ } x", 1, 5, "follows")]
    [InlineData("{ , }", 1, 3, "double quotes")]
    [InlineData("[1,,2]", 1, 4, "value is expected")]
    [InlineData("{ \"a\": ", 1, 8, "still open")]
    public void What_is_no_JSON_is_refused_with_its_place(string text, int line, int column, string says)
    {
        JsonException fault = Assert.Throws<JsonException>(() => JsonReader.Read(text));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), At(fault.Place));
    }

    [Fact]
    public void Too_many_brackets_are_refused_and_do_not_end_the_process()
    {
        Assert.Contains("deep", Assert.Throws<JsonException>(() => JsonReader.Read(new string('[', 1_000_000))).Message,
            StringComparison.Ordinal);
        _ = JsonReader.Read(new string('[', 30) + new string(']', 30));
    }

    /// <summary>Every beginning of a text is refused or read, and nothing else comes out of it.</summary>
    [Fact]
    public void Texts_that_are_cut_short_are_refused()
    {
        const string Text = "{ \"a\": [1.5, \"x\\u0041\\n\", true], /* c */ \"b\": { \"c\": null } } // e";
        for (int i = 0; i < Text.IndexOf("} //", StringComparison.Ordinal); i++)
            Assert.Throws<JsonException>(() => JsonReader.Read(Text[..i]));
    }

    [Theory]
    [InlineData("a\"b\\c\u0001\nü")]
    [InlineData("")]
    public void What_is_quoted_is_read_back(string text) => Assert.Equal(text, JsonReader.Read(JsonText.Quote(text)).Text);

    private static (int Line, int Column) At(JsonPlace place) => (place.Line, place.Column);
}

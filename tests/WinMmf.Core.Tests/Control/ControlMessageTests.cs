using System.IO;
using System.Text;
using WinMmf.Control;
using Xunit;

namespace WinMmf.Tests.Control;

public sealed class ControlMessageTests
{
    private static ControlMessage? Read(string text) => ControlMessage.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_message_comes_back_as_it_went()
    {
        ControlMessage sent = new("OK") { ["state"] = "Live", ["error"] = "first line\r\nsecond \\n line: ä" };
        ControlMessage got = Read(sent.ToString())!;
        Assert.Equal("OK", got.Head);
        Assert.Equal("Live", got["STATE"]);
        Assert.Equal(sent["error"], got["error"]);
        Assert.Equal("", got["absent"]);
    }

    [Fact]
    public void The_wire_form_is_that_of_the_protocol() =>
        Assert.Equal("WINMMF/1 STATUS\nkey: a\\nb\n\n", new ControlMessage("STATUS") { ["key"] = "a\nb" }.ToString());

    [Fact]
    public void Reading_stops_behind_the_empty_line()
    {
        MemoryStream stream = new(Encoding.UTF8.GetBytes("WINMMF/1 A\n\nWINMMF/1 B\nk: v\n\n"));
        Assert.Equal("A", ControlMessage.Read(stream)!.Head);
        Assert.Equal("v", ControlMessage.Read(stream)!["k"]);
        Assert.Null(ControlMessage.Read(stream));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\n\n")]
    [InlineData("WINMMF/2 STATUS\n\n")]
    [InlineData("WINMMF/1 STATUS")]
    [InlineData("WINMMF/1 STATUS\n")]
    [InlineData("WINMMF/1 STATUS\nkey\n\n")]
    [InlineData("WINMMF/1 STATUS\n: v\n\n")]
    public void Anything_else_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Read(text));

    [Fact]
    public void A_flood_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read("WINMMF/1 A\nk: " + new string('x', ControlMessage.MaxBytes) + "\n\n"));
}

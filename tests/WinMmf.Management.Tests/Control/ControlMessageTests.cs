using System;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Management.Tests.Control;

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

    [Fact]
    public async Task It_arrives_whole_in_whatever_pieces_it_comes()
    {
        ControlMessage sent = new("OK") { ["text"] = new string('ä', 3000), ["end"] = "x" };
        using AnonymousPipeServerStream sender = new();
        using AnonymousPipeClientStream receiver = new(PipeDirection.In, sender.ClientSafePipeHandle);
        Task<ControlMessage?> reading = ControlMessage.ReadAsync(receiver, CancellationToken.None);
        byte[] bytes = Encoding.UTF8.GetBytes(sent.ToString());
        for (int i = 0; i < bytes.Length; i += 700)
            await sender.WriteAsync(bytes.AsMemory(i, Math.Min(700, bytes.Length - i)));
        ControlMessage got = (await reading)!;
        Assert.Equal(sent.ToString(), got.ToString());
    }

    [Fact]
    public async Task What_is_too_long_cut_short_or_empty_is_told_apart()
    {
        static Task<ControlMessage?> Reading(string text) =>
            ControlMessage.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);
        Assert.Null(await Reading(""));
        Assert.Contains("cut short", (await Assert.ThrowsAsync<InvalidDataException>(() => Reading("WINMMF/1 A\nk"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("longer than",
            (await Assert.ThrowsAsync<InvalidDataException>(
            () => Reading("WINMMF/1 A\nk: " + new string('x', ControlMessage.MaxBytes)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_asynchronously_it_is_the_same()
    {
        ControlMessage sent = new("STATUS") { ["key"] = "a\nb" };
        using MemoryStream stream = new();
        await sent.WriteAsync(stream, CancellationToken.None);
        Assert.Equal(sent.ToString(), Encoding.UTF8.GetString(stream.ToArray()));
    }
}

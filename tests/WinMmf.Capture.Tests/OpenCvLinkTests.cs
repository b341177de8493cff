using System;
using System.IO;
using System.Text;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>The messages between the publisher and its OpenCV process.</summary>
public sealed class OpenCvLinkTests
{
    [Fact]
    public void Messages_arrive_as_they_were_sent()
    {
        MemoryStream pipe = new();
        OpenCvLink sender = new(static _ => 0, pipe);
        sender.Send(OpenCvMessageKind.Fill, uint.MaxValue, 23, 65_535, 1);
        sender.Send(OpenCvMessageKind.Failed, text: "Kamera läuft nicht");
        OpenCvLink receiver = new(Reader(pipe), Stream.Null);
        Assert.Equal(OpenCvMessageKind.Fill, receiver.Receive());
        Assert.Equal((uint.MaxValue, 23, 65_535, 1, ""), ((uint)receiver.A, receiver.B, receiver.C, receiver.D, receiver.Text));
        Assert.Equal(OpenCvMessageKind.Failed, receiver.Receive());
        Assert.Equal("Kamera läuft nicht", receiver.Text);
        Assert.Equal(OpenCvMessageKind.None, receiver.Receive());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[ WARN:0] a library prints to standard output\n")]
    [InlineData("\u0001WinMm")]
    [InlineData("\u0001\u0001WinMmf")]
    [InlineData("a text of just thirty-six characters")]
    public void What_libraries_print_between_messages_is_passed_over(string noise)
    {
        MemoryStream pipe = new();
        OpenCvLink sender = new(static _ => 0, pipe);
        for (int i = 0; i < 3; i++)
        {
            pipe.Write(Encoding.UTF8.GetBytes(noise));
            sender.Send(OpenCvMessageKind.Grabbed, i);
        }

        OpenCvLink receiver = new(Reader(pipe), Stream.Null);
        for (int i = 0; i < 3; i++)
            Assert.Equal((OpenCvMessageKind.Grabbed, i), (receiver.Receive(), receiver.A));
        Assert.Equal(OpenCvMessageKind.None, receiver.Receive());
    }

    [Fact]
    public void A_message_that_is_cut_short_is_an_end()
    {
        MemoryStream pipe = new();
        new OpenCvLink(static _ => 0, pipe).Send(OpenCvMessageKind.Failed, text: "why");
        pipe.SetLength(pipe.Length - 1);
        Assert.Equal(OpenCvMessageKind.None, new OpenCvLink(Reader(pipe), Stream.Null).Receive());
    }

    [Fact]
    public void Requests_survive_the_way_whatever_is_in_a_path()
    {
        OpenCvRequest request = new(
            OpenCvInputKind.File, "/tmp/a: b\n\\ü%.avi", "", PixelFormat.Gray8, 640, 0, 29.97, Loop: true);
        Assert.Equal(request, OpenCvRequest.Parse(request.ToString()));
        OpenCvReply reply = new(640, 480, 29.97, "V4L2");
        Assert.Equal(reply, OpenCvReply.Parse(reply.ToString()));
        Assert.Throws<InvalidDataException>(() => OpenCvRequest.Parse("WINMMF/1 OPEN\nkind: Telephone\n\n"));
    }

    private static OpenCvLink.Reading Reader(MemoryStream pipe)
    {
        MemoryStream copy = new(pipe.ToArray());

        // In small pieces, as a pipe may give them.
        return buffer => copy.Read(buffer[..Math.Min(7, buffer.Length)]);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class ControlPipeTests : IDisposable
{
    private readonly PublisherProcess _publisher;
    private readonly string _endpoint;

    public ControlPipeTests()
    {
        _publisher = PublisherProcess.Start("publish", "--name", PublisherProcess.NewName(), "--width", "64", "--height", "48", "--json");
        _endpoint = _publisher.WaitForEvent("created").GetProperty("endpoint").GetString()!;
        _publisher.WaitForEvent("ready");
    }

    public void Dispose() => _publisher.Dispose();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n\n\n")]
    [InlineData("WINMMF/2 STATUS\n\n")]
    [InlineData("WINMMF/1 STATUS\nno colon\n\n")]
    [InlineData("\n\n")]
    [InlineData("\0\u0001\u0002\n\n")]
    public void Nonsense_gets_an_error_and_hurts_nobody(string request)
    {
        using NamedPipeClientStream pipe = Connect();
        pipe.Write(Encoding.UTF8.GetBytes(request));
        ControlMessage answer = ControlMessage.Read(pipe)!;
        Assert.StartsWith("ERROR ", answer.Head, StringComparison.Ordinal);
        Assert.NotEqual("", answer["message"]);
        AssertWell();
    }

    [Fact]
    public void An_unknown_verb_is_refused()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProcess.Ask(_endpoint, "EXPLODE"));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains("STATUS, STOP and RESTART", e.Message, StringComparison.Ordinal);
        AssertWell();
    }

    [Fact]
    public void Clients_that_break_off_talk_too_long_or_say_nothing_hurt_nobody()
    {
        for (int i = 0; i < 20; i++)
            Connect().Dispose();
        for (int i = 0; i < 5; i++)
        {
            using NamedPipeClientStream half = Connect();
            half.Write("WINMMF/1 STA"u8);
        }

        using (NamedPipeClientStream endless = Connect())
        {
            byte[] chunk = new byte[8192];
            Array.Fill(chunk, (byte)'x');
            try
            {
                for (int i = 0; i < 100; i++)
                    endless.Write(chunk);
            }
            catch (IOException)
            {
                // The server has closed the connection, as it should.
            }
        }

        // Two silent clients; the others are served meanwhile.
        using NamedPipeClientStream silent = Connect();
        using NamedPipeClientStream slow = Connect();
        slow.Write("WINMMF/1"u8);
        AssertWell();
    }

    [Fact]
    public void Two_hundred_silent_clients_keep_nobody_out()
    {
        List<NamedPipeClientStream> silent = [];
        for (int i = 0; i < 200; i++)
            silent.Add(Connect());
        AssertWell();
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProcess.Ask(_endpoint, "EXPLODE"));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        PublisherProcess.Ask(_endpoint, ControlClient.Stop);
        Assert.Equal(0, _publisher.WaitForExit());
        silent.ForEach(static pipe => pipe.Dispose());
    }

    [Theory]
    [InlineData("channel", @"Local\another")]
    [InlineData("keeps", @"Local\another")]
    public async Task Who_means_another_one_does_not_stop_this_one(string field, string name)
    {
        using NamedPipeClientStream pipe = Connect();
        await new ControlMessage(ControlClient.Stop) { [field] = name }.WriteAsync(pipe, CancellationToken.None);
        ControlMessage answer = ControlMessage.Read(pipe)!;
        Assert.Equal("ERROR WrongName", answer.Head);
        Assert.Contains(PublisherProcess.Ask(_endpoint, ControlClient.Status)["channel"], answer["message"], StringComparison.Ordinal);
        AssertWell();
    }

    [SkippableFact]
    public void Only_the_account_itself_can_get_at_the_socket()
    {
        Skip.If(OperatingSystem.IsWindows(), "A pipe's access list takes the place of the socket's mode.");
        Assert.Matches("^/dev/shm/winmmf-[0-9]+-[0-9a-f]{16}/control$", _endpoint);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_endpoint));
    }

    private NamedPipeClientStream Connect()
    {
        NamedPipeClientStream pipe = new(".", _endpoint, PipeDirection.InOut);
        pipe.Connect(10_000);
        return pipe;
    }

    private void AssertWell()
    {
        ControlMessage one = PublisherProcess.Ask(_endpoint, ControlClient.Status);
        Assert.Equal("Live", one["state"]);
        Until.True(() => PublisherProcess.Ask(_endpoint, ControlClient.Status)["published"] != one["published"], "no more frames");
    }
}

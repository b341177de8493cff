using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary><c>run</c> under a stand-in for systemd: the socket on which a unit of Type=notify says how it is.</summary>
public sealed class SystemdNoticeTests
{
    [SkippableFact]
    public void Run_says_that_it_is_ready_that_it_lives_and_that_it_ends()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "systemd is Linux'");
        string folder = Directory.CreateTempSubdirectory("winmmf-notify-").FullName;
        try
        {
            string path = Path.Combine(folder, "notify");
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
            socket.Bind(new UnixDomainSocketEndPoint(path));
            string configuration = Path.Combine(folder, "cameras.json");
            string name = PublisherProcess.NewName();
            File.WriteAllText(
                configuration, $$"""{ "publishers": [ { "name": "{{name}}", "synthetic": true, "width": 64, "height": 48 } ] }""");
            using PublisherProcess run = PublisherProcess.StartWith(
                new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = path }, "run", "--configuration", configuration);
            Assert.Equal("READY=1", Receive(socket));

            // More than once: it goes on for as long as it lives.
            Assert.Equal("WATCHDOG=1", Receive(socket));
            Assert.Equal("WATCHDOG=1", Receive(socket));
            Until.True(() => PublisherProcess.Run("health", name, "--sample", "0").Code == 0, "The publisher of the file delivers.");
            run.Signal(PublisherProcess.Terminate);
            string said = "WATCHDOG=1";
            while (said == "WATCHDOG=1")
                said = Receive(socket);
            Assert.Equal("STOPPING=1", said);
            Assert.Equal(0, run.WaitForExit());
            Assert.Equal(2, PublisherProcess.Run("health", name, "--sample", "0").Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[512];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)).Trim();
    }
}

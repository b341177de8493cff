using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace WinMmf.Attacker;

/// <summary>Attacks by connections, as a client and as a server.</summary>
internal static class Sockets
{
    private const int FloodBytes = 1 << 20;

    /// <summary>
    /// A server in the publisher's place. Whoever talks to it must neither wait, nor grow, nor show what it says as it is.
    /// </summary>
    public static int Serve(string path, string mode, CancellationToken end)
    {
        File.Delete(path);
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        listener.Listen(64);
        Program.Begin();
        List<Socket> clients = [];
        while (!end.IsCancellationRequested)
        {
            if (!listener.Poll(100_000, SelectMode.SelectRead))
                continue;
            Socket client = listener.Accept();
            clients.Add(client);
            new Thread(() => Answer(client, mode, end)) { IsBackground = true }.Start();
        }

        return 0;
    }

    /// <summary>Messages that are none.</summary>
    public static int Garble(string path, int count)
    {
        Random random = new();
        int sent = 0, refused = 0;
        for (int i = 0; i < count; i++)
        {
            try
            {
                using Socket socket = Connect(path);
                byte[] message = new byte[random.Next(1, 10_000)];
                random.NextBytes(message);
                socket.Send(message);
                sent++;
            }
            catch (SocketException)
            {
                refused++;
            }
        }

        Console.WriteLine($"sent={sent} refused={refused}");
        return 0;
    }

    /// <summary>Connections that only occupy a place.</summary>
    public static int Idle(string path, int count, CancellationToken end)
    {
        List<Socket> sockets = [];
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            try
            {
                sockets.Add(Connect(path));
            }
            catch (SocketException)
            {
                refused++;
            }
        }

        Console.WriteLine($"connected={sockets.Count} refused={refused}");
        Console.Out.Flush();
        end.WaitHandle.WaitOne();
        return 0;
    }

    private static Socket Connect(string path)
    {
        // A door is a sequence of packets, a control socket a stream.
        foreach (SocketType type in new[] { SocketType.Seqpacket, SocketType.Stream })
        {
            Socket socket = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return socket;
            }
            catch (SocketException) when (type == SocketType.Seqpacket)
            {
                socket.Dispose();
            }
        }

        throw new SocketException();
    }

    private static void Answer(Socket client, string mode, CancellationToken end)
    {
        try
        {
            switch (mode)
            {
                case "drip":
                    while (!end.WaitHandle.WaitOne(200))
                        client.Send("O"u8);
                    break;
                case "flood":
                    byte[] much = new byte[FloodBytes];
                    Array.Fill(much, (byte)'A');
                    while (!end.IsCancellationRequested)
                        client.Send(much);
                    break;
                case "lie":
                    client.Send(Encoding.UTF8.GetBytes(
                        "WINMMF/1 OK\nchannel: Global\\\\lie\nname: trap\nscope: Global\n"
                            + "state: \u001b[2J\u001b]0;owned\u0007Live\npid: 1\n\n"));
                    end.WaitHandle.WaitOne();
                    break;
                default:
                    end.WaitHandle.WaitOne();
                    break;
            }
        }
        catch (SocketException)
        {
            // The client had enough.
        }
    }
}

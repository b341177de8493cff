using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Management.Control;
using WinMmf.Publisher.Control;
using WinMmf.Publisher.Platform;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>The server behind the control pipe, with a connection of the test's own.</summary>
public sealed class ControlServerTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_stops_a_publisher_gets_the_answer_before_the_pipe_ends()
    {
        using CancellationTokenSource limit = new(Generous);
        (Socket client, Socket server) = await ConnectAsync(limit.Token);
        using (client)
        {
            Stopper stopper = new();
            ControlServer control = new(new Endpoint(server), stopper);
            stopper.Stops = control;
            await new ControlMessage(ControlClient.Stop).WriteAsync(new NetworkStream(client), limit.Token);

            // Late: the server has ended by then, and the answer is still to be had.
            await stopper.HasStopped.Task.WaitAsync(limit.Token);
            ControlMessage? answer = await ControlMessage.ReadAsync(new NetworkStream(client), limit.Token);
            Assert.Equal("OK", answer?.Head);
        }
    }

    private static async Task<(Socket Client, Socket Server)> ConnectAsync(CancellationToken cancellationToken)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!, cancellationToken);
        return (client, await listener.AcceptAsync(cancellationToken));
    }

    /// <summary>Ends the server as soon as it may.</summary>
    private sealed class Stopper : IControlHandler
    {
        public ControlServer? Stops { get; set; }

        public TaskCompletionSource HasStopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ControlMessage Answer(ControlMessage request, out Action? afterwards)
        {
            afterwards = () =>
            {
                Task end = Task.Run(() =>
                {
                    Stops!.Dispose();
                    HasStopped.TrySetResult();
                });

                // As a publisher that ends at once: an answer that is not on its way by now is none.
                end.Wait(TimeSpan.FromMilliseconds(500));
            };
            return new ControlMessage("OK");
        }
    }

    private sealed class Endpoint(Socket server) : IControlEndpoint
    {
        private int _accepted;

        public string Name => "test";

        public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref _accepted, 1) == 0)
                return new NetworkStream(server, ownsSocket: true);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new IOException("It has ended.");
        }

        public void Dispose()
        {
        }
    }
}

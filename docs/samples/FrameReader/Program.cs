using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;

namespace FrameReaderSample;

/// <summary><c>FrameReader NAME [COUNT]</c>: prints a line for each frame that it takes, always the newest one.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length is 0 or > 2)
        {
            Console.Error.WriteLine("usage: FrameReader NAME [COUNT]");
            return 2;
        }

        using CancellationTokenSource end = new();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            end.Cancel();
        };

        try
        {
            int wanted = arguments.Length == 2 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : int.MaxValue;
            Read(arguments[0], wanted, end.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (WinMmfException e)
        {
            // The message says what to do; the id is stable.
            Console.Error.WriteLine($"{e.ErrorId}: {e.Message}");
            return 1;
        }
    }

    private static void Read(string name, int wanted, CancellationToken cancellationToken)
    {
        // The publisher may come later than we do.
        FrameReaderOptions options = new() { WaitForChannel = TimeSpan.FromSeconds(30), Label = "sample" };
        using FrameReader reader = FrameReader.Open(name, null, options, cancellationToken);
        byte[] pixels = [];
        long last = 0;
        for (int taken = 0; taken < wanted;)
        {
            if (!reader.Wait(last, TimeSpan.FromSeconds(5), cancellationToken))
            {
                Console.WriteLine($"no new frame for 5 s; the channel is {reader.State}");
                if (reader.State != ChannelState.Live)
                    return;
                continue;
            }

            FrameReadStatus status = reader.TryCopyNewest(pixels, out FrameInfo info);
            if (status == FrameReadStatus.BufferTooSmall)
            {
                pixels = new byte[info.Format.PayloadLength];
                continue;
            }

            if (status != FrameReadStatus.Ok)
            {
                // Overtaken, or its publisher has just ended: look again, but not without a pause.
                Thread.Sleep(1);
                continue;
            }

            // Here a program of your own looks at pixels[0 .. info.Format.PayloadLength].
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"frame {info.FrameNumber}: {info.Format}, {info.Format.PayloadLength} bytes, {info.Age.TotalMilliseconds:0.0} ms old"));
            last = info.FrameNumber;
            taken++;
        }
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using WinMmf.Frames;

namespace WinMmf.TestPeer;

/// <summary>
/// Rounds between two marks that a tracer of system calls sees. Everything in between is what the library does on this thread.
/// </summary>
internal static class PeerCounts
{
    private const int Rounds = 5;
    private const int WarmUp = 40;
    private static readonly FrameFormat Format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);

    /// <summary>Runs the rounds, and gives the microseconds that each took.</summary>
    public static string Run(string what, IDisposable target, int count)
    {
        byte[] buffer = new byte[Format.PayloadLength];
        Action<int> round = what switch
        {
            "publish" => n => Publish((FrameWriter)target, n),
            "lease" => n => Lease((FrameReader)target, n),
            "copy" => n => Copy((FrameReader)target, buffer, n),
            _ => throw new ArgumentException("Unknown: " + what),
        };

        // Compiled for good before it counts.
        for (int i = 0; i < WarmUp; i++)
        {
            round(100);
            System.Threading.Thread.Sleep(10);
        }

        string[] times = new string[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            Mark("begin");
            long start = Stopwatch.GetTimestamp();
            round(count);
            long microseconds = (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            Mark("end");
            times[i] = microseconds.ToString(CultureInfo.InvariantCulture);
        }

        return "ok\t" + string.Join('\t', times);
    }

    private static void Mark(string what) => File.Exists("/winmmf-count-" + what);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Publish(FrameWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!writer.TryBegin(Format, out FrameSlot slot))
                throw new InvalidOperationException("No slot is free.");
            slot.Span.Fill((byte)i);
            writer.Publish(slot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lease(FrameReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryLeaseNewest(out FrameLease lease) || !lease.End())
                throw new InvalidOperationException("No lease.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(FrameReader reader, byte[] buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (reader.TryCopyNewest(buffer, out _) != FrameReadStatus.Ok)
                throw new InvalidOperationException("No copy.");
        }
    }
}

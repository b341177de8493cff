using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Soak;

/// <summary>Reads until it is killed or its standard input ends, and says each time that a new publisher's frame comes.</summary>
internal static class ReaderRole
{
    private const long ReportNanoseconds = 200_000_000;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    public static int Run(SharedName name, ReaderMode mode)
    {
        try
        {
            Read(name, mode);
            return 0;
        }
        catch (WinMmfException e)
        {
            Console.WriteLine($"error {e.ErrorId} {e.Message}");
            return 1;
        }
    }

    private static void Read(SharedName name, ReaderMode mode)
    {
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope, new FrameReaderOptions
        {
            WaitForChannel = TimeSpan.FromSeconds(30),
            UseRegistry = mode != ReaderMode.ReadOnly,
            Label = mode.ToString(),
        });
        bool ended = false;
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Volatile.Write(ref ended, true);
        })
        { IsBackground = true }.Start();
        byte[] buffer = new byte[Pattern.Format.PayloadLength];
        long last = 0, nextReport = 0;
        uint epoch = 0;
        while (!Volatile.Read(ref ended))
        {
            if (MonotonicClock.Now > nextReport)
            {
                nextReport = MonotonicClock.Now + ReportNanoseconds;
                Console.WriteLine($"at {last} {reader.Counters.Read}");
            }

            if (!reader.Wait(last, Slice))
                continue;
            if (!TryRead(reader, mode, last, buffer, out FrameInfo info))
                continue;
            if (info.FrameNumber <= last)
                Console.WriteLine($"BACKWARDS {info.FrameNumber} after {last}");
            last = info.FrameNumber;
            if (info.Epoch != epoch)
            {
                epoch = info.Epoch;
                Console.WriteLine($"epoch {epoch} {MonotonicClock.Now}");
            }
        }

        Console.WriteLine($"end {reader.Counters.Read} {reader.Counters.Skipped} {reader.Counters.Retries}");
    }

    private static bool TryRead(FrameReader reader, ReaderMode mode, long last, byte[] buffer, out FrameInfo info)
    {
        if (mode == ReaderMode.Lease && reader.TryLeaseNewest(out FrameLease lease))
        {
            info = lease.Info;
            bool whole = Pattern.IsWhole(lease.Span, info.FrameNumber);
            Thread.Sleep(Random.Shared.Next(5));
            whole &= Pattern.IsWhole(lease.Span, info.FrameNumber);

            // A publisher that dies or is stopped while it tries the slot leaves the end of a lease undecided: that is
            // allowed, a changed frame is not.
            bool intact = lease.End();
            if (!whole)
                Console.WriteLine($"TORN lease of frame {info.FrameNumber}, said to be {(intact ? "intact" : "overwritten")}");
            else if (!intact)
                Console.WriteLine($"undecided lease of frame {info.FrameNumber}");
            return info.FrameNumber > last;
        }

        FrameReadStatus status = mode == ReaderMode.Every
            ? reader.TryCopyAfter(last, buffer, out info)
            : reader.TryCopyNewest(buffer, out info);
        if (status != FrameReadStatus.Ok)
            return false;
        if (!Pattern.IsWhole(buffer, info.FrameNumber))
            Console.WriteLine($"TORN copy of frame {info.FrameNumber}");
        return mode == ReaderMode.Every || info.FrameNumber > last;
    }
}

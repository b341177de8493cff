using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.Soak;

/// <summary>Publishes as fast as two cores allow, until it is killed or its standard input ends.</summary>
internal static class PublisherRole
{
    private const int Refused = 3;

    public static int Run(SharedName name)
    {
        FrameWriter writer;
        try
        {
            writer = FrameWriter.Create(
                new FrameChannelOptions(name)
                {
                    PayloadCapacity = Pattern.Format.PayloadLength,
                    Access = name.Scope == NameScope.Global ? new AccessPolicy(["Everyone"]) : AccessPolicy.Private,
                });
        }
        catch (WinMmfException e)
        {
            Console.WriteLine($"refused {e.ErrorId} {e.Message}");
            return e.ErrorId == WinMmfErrorId.ChannelInUse ? Refused : 1;
        }

        using (writer)
        {
            bool ended = false;
            new Thread(() =>
            {
                Console.In.ReadToEnd();
                Volatile.Write(ref ended, true);
            })
            { IsBackground = true }.Start();
            long first = 0;
            for (int i = 0; !Volatile.Read(ref ended); i++)
            {
                if (writer.TryBegin(Pattern.Format, out FrameSlot slot))
                {
                    Pattern.Fill(slot.Span, slot.FrameNumber);
                    writer.Publish(slot);
                }

                if (first == 0)
                {
                    first = MonotonicClock.Now;
                    Console.WriteLine($"first {writer.Epoch} {first} {writer.Counters.Dropped}");
                }

                // Bursts, so that kills happen during the fill as well as during the pause.
                if (i % 8 == 7)
                    Thread.Sleep(1);
            }

            Console.WriteLine($"end {writer.Epoch} {writer.Counters.Published} {writer.Counters.Dropped}");
        }

        return 0;
    }
}

using System;
using System.Threading;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Frames;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Time;

/// <summary>
/// Each wait that a program can call treats long time-outs as long, infinite ones as infinite, and refuses negative ones.
/// </summary>
public sealed class PublicWaitTests : IDisposable
{
    private static readonly string[] Waits =
    [
        "reader: channel", "reader: frame", "stream: channel", "stream: frame", "stream: copy", "copy: channel", "copy: frame",
        "copy: later frame", "copy: winmmf", "lock",
    ];

    private static readonly FrameFormat Format = FrameFormat.Packed(4, 4, PixelFormat.Gray8);
    private readonly TestChannel _channel = new();
    private readonly NamedMemory _memory = NamedMemory.Create(Given.NewName(), 64);
    private readonly SharedMemoryLock _lock;

    public PublicWaitTests() => _lock = _memory.Lock(LockMode.Write, TimeSpan.Zero);

    public static TheoryData<string, TimeSpan> Long => Combine(LongWaits.Spans);

    public static TheoryData<string, TimeSpan> Negative => Combine(LongWaits.Negative);

    public void Dispose()
    {
        _lock.Dispose();
        _memory.Dispose();
        _channel.Dispose();
    }

    [Theory]
    [MemberData(nameof(Long))]
    public void It_lasts_until_it_is_cancelled(string wait, TimeSpan timeout) =>
        LongWaits.LastsUntilCancelled(token => Wait(wait, timeout, token));

    [Theory]
    [MemberData(nameof(Negative))]
    public void It_refuses_what_is_negative(string wait, TimeSpan timeout) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wait(wait, timeout, new CancellationTokenSource(20_000).Token));

    private static TheoryData<string, TimeSpan> Combine(TheoryData<TimeSpan> spans)
    {
        TheoryData<string, TimeSpan> all = new();
        foreach (string wait in Waits)
        {
            foreach (TimeSpan span in spans)
                all.Add(wait, span);
        }

        return all;
    }

    private void Wait(string wait, TimeSpan timeout, CancellationToken token)
    {
        SharedName absent = Given.NewName();
        SharedName channel = _channel.Name;
        switch (wait)
        {
            case "reader: channel":
                FrameReader.Open(absent.Name, absent.Scope, new FrameReaderOptions { WaitForChannel = timeout }, token);
                break;
            case "reader: frame":
                using (FrameReader reader = _channel.OpenReader())
                    reader.Wait(0, timeout, token);
                break;
            case "stream: channel":
                FrameStream.Open(absent.Name, absent.Scope, new FrameStreamOptions { WaitForChannel = timeout }, token);
                break;
            case "stream: frame":
                using (FrameStream stream = FrameStream.Open(channel.Name, channel.Scope))
                    stream.Wait(timeout, token);
                break;
            case "stream: copy":
                using (FrameStream stream = FrameStream.Open(channel.Name, channel.Scope))
                    stream.TryTake(timeout, out _, token);
                break;
            case "copy: channel":
                FrameCopy.Take(absent.Name, absent.Scope, 0, timeout, cancellationToken: token);
                break;
            case "copy: frame":
                FrameCopy.Take(channel.Name, channel.Scope, 0, timeout, cancellationToken: token);
                break;
            case "copy: later frame":
                _channel.Publish(2);
                FrameCopy.Take(channel.Name, channel.Scope, 2, timeout, cancellationToken: token);
                break;
            case "copy: winmmf":
                FrameCopy.TakeFromWinMmf(_memory.Name.Name, _memory.Name.Scope, Format, timeout, cancellationToken: token);
                break;
            default:
                _memory.Lock(LockMode.Read, timeout, null, null, token);
                break;
        }
    }
}

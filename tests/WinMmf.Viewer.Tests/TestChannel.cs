using System;
using System.IO;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Viewer.Tests;

/// <summary>A channel that the test publishes itself, so that it knows each byte of each frame.</summary>
internal sealed class TestChannel : IDisposable
{
    private static readonly string Prefix = $"test.viewer.{Environment.ProcessId}.";
    private static int _names;
    private readonly FrameWriter _writer;

    static TestChannel() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveLeftovers();

    public TestChannel(string? name = null, NameScope scope = NameScope.Local)
    {
        Name = name ?? NewName();
        _writer = FrameWriter.Create(new FrameChannelOptions(new SharedName(Name, scope)) { PayloadCapacity = 1 << 20 });
    }

    public string Name { get; }

    public static string NewName() => Prefix + Interlocked.Increment(ref _names);

    /// <summary>The synthetic picture.</summary>
    public static byte[] Picture(in FrameFormat format, long number)
    {
        using SyntheticSource source = new(format.Width, format.Height, format.PixelFormat, 10);
        byte[] payload = new byte[format.PayloadLength];
        source.Draw(payload, number);
        return payload;
    }

    public long Publish(in FrameFormat format, byte[] payload) => _writer.PublishCopy(format, payload);

    public void Dispose() => _writer.Dispose();

    /// <summary>What publishers that tests killed leave: names of tests never come again, so nothing takes them over.</summary>
    private static void RemoveLeftovers()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (string file in Directory.GetFiles("/dev/shm", $"winmmf*.{Prefix}*"))
        {
            try
            {
                File.Delete(file);
            }
            catch (SystemException)
            {
                // Another account's, or gone: no reason to stop a test run.
            }
        }
    }
}

using System;
using System.Runtime.InteropServices;
using WinMmf.Frames;
using WinMmf.Names;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

/// <summary>A channel with a name of its own that publishes on request.</summary>
internal sealed class TestCamera : IDisposable
{
    public static readonly FrameFormat Format = FrameFormat.Packed(16, 8, PixelFormat.Gray8);

    public TestCamera(SharedName? name = null)
    {
        Name = name ?? new SharedName($"camera.{Guid.NewGuid():N}", NameScope.Local);
        Writer = FrameWriter.Create(new FrameChannelOptions(Name) { PayloadCapacity = Format.PayloadLength });
    }

    public SharedName Name { get; }

    public FrameWriter Writer { get; }

    /// <summary>Publishes a frame whose bytes all have one value.</summary>
    public void Publish(byte value)
    {
        byte[] data = new byte[Format.PayloadLength];
        Array.Fill(data, value);
        Publish(data);
    }

    public void Publish(byte[] data)
    {
        Assert.True(Writer.TryBegin(Format, out FrameSlot slot));
        Marshal.Copy(data, 0, slot.Address, data.Length);
        Writer.Publish(slot);
    }

    public FrameStream Follow(bool inOrder = false) =>
        FrameStream.Open(Name.Name, Name.Scope, new FrameStreamOptions { InOrder = inOrder });

    public void Dispose() => Writer.Dispose();
}

using System;
using System.Management.Automation;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Frames;

/// <summary>
/// A frame that a job, a file or Select-Object gave: no live object, but its properties. If they hold the pixels they are that frame, and
/// otherwise they are no frame; they never stand for another frame of the channel.
/// </summary>
internal sealed class GivenFrame : ISharedFrame
{
    private readonly FrameFormat _format;
    private readonly byte[] _bytes;

    private GivenFrame(PSObject source, FrameFormat format, byte[] bytes)
    {
        _format = format;
        _bytes = bytes;
        Name = Get<string>(source, nameof(Name)) ?? "frame";
        Scope = Get<string>(source, nameof(Scope)) ?? "";
        FrameNumber = Get<long>(source, nameof(FrameNumber));
        CapturedAt = Get<DateTime>(source, nameof(CapturedAt));
        if (CapturedAt == default)
            CapturedAt = DateTime.Now;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Scope { get; }

    /// <inheritdoc/>
    public long FrameNumber { get; }

    /// <inheritdoc/>
    public DateTime CapturedAt { get; }

    /// <summary>The frame that an object is or holds.</summary>
    /// <param name="item">An object from the pipeline.</param>
    /// <exception cref="WinMmfException">
    /// NoPixels, with why and what to do; InvalidFormat if its format and its bytes contradict each other.
    /// </exception>
    public static ISharedFrame From(PSObject item)
    {
        if (item.BaseObject is SharedFrameLease { IsReleased: true })
        {
            throw NoPixels("The frame in place was given back when the script block of Use-SharedFrame ended, and its pixels went with it. "
                + "Save it within the block");
        }

        if (item.BaseObject is ISharedFrame frame)
            return frame;
        byte[]? bytes = item.BaseObject is string ? null : Get<byte[]>(item, "Data");
        if (bytes is null || bytes.Length == 0)
            throw NoPixels($"{Describe(item)} holds no pixels");
        if (!Enum.TryParse(Get<string>(item, "PixelFormat"), ignoreCase: true, out PixelFormat pixelFormat))
            throw NoPixels($"{Describe(item)} has Data, but no PixelFormat that says what its bytes mean");
        return new GivenFrame(item, FormatOf(item, pixelFormat, bytes), bytes);
    }

    /// <inheritdoc/>
    public void Use(Action<FrameFormat, IntPtr> work)
    {
        GCHandle pinned = GCHandle.Alloc(_bytes, GCHandleType.Pinned);
        try
        {
            work(_format, pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }

    private static FrameFormat FormatOf(PSObject item, PixelFormat pixelFormat, byte[] bytes)
    {
        int width = Get<int>(item, "Width");
        int height = Get<int>(item, "Height");
        FrameFormat format = pixelFormat == PixelFormat.Mjpg
            ? FrameFormat.Jpeg(width, height, bytes.Length)
            : Get<int>(item, "Stride") is int stride and > 0 ? FrameFormat.WithStride(width, height, stride, pixelFormat)
            : FrameFormat.Packed(width, height, pixelFormat);
        return format.PayloadLength == bytes.Length
            ? format
            : throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"{Describe(item)} says to be {format}, which takes {format.PayloadLength} bytes, but its Data has {bytes.Length}.");
    }

    private static T? Get<T>(PSObject item, string property) =>
        LanguagePrimitives.TryConvertTo(item.Properties[property]?.Value, out T value) ? value : default;

    private static string Describe(PSObject item) => item.BaseObject is string text ? $"The text '{text}'" : $"The object '{item}'";

    private static WinMmfException NoPixels(string why) => new(
        WinMmfErrorId.NoPixels,
        $"{why}. Pipe frames from Get-SharedFrame or Watch-SharedFrame, or name the channel, to save its newest frame: -Name NAME.");
}

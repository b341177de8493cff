using System;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;

namespace WinMmf.Frames;

/// <summary>
/// A child process's way to the payload of the slot that its publisher has begun and told it to fill (protocol 5.9). It writes nothing
/// else. Not thread-safe.
/// </summary>
internal sealed unsafe class SlotMemory : IDisposable
{
    private readonly IPlatform _platform;
    private readonly SharedName _name;
    private PixelsSection? _pixels;

    public SlotMemory(SharedName name)
        : this(PlatformServices.Current, name)
    {
    }

    internal SlotMemory(IPlatform platform, SharedName name)
    {
        _platform = platform;
        _name = name;
    }

    /// <summary>Start of a slot's payload; maps the pixels anew when their generation has changed.</summary>
    /// <param name="generation">The pixels in which the slot lies.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="length">Bytes that will be written.</param>
    /// <exception cref="WinMmfException">NotFound, NotAChannel, CorruptHeader, Truncated, AccessDenied, SystemError.</exception>
    public byte* Payload(uint generation, int slot, int length)
    {
        if (_pixels?.Generation != generation)
        {
            _pixels?.Dispose();
            _pixels = null;
            _pixels = Open(generation);
        }

        if (slot < 0 || slot >= _pixels.Slots || length < 1 || length > _pixels.Capacity)
            throw ControlAnchor.Corrupt(
                _name, $"{length} bytes cannot be filled into slot {slot} of {_pixels.Slots} × {_pixels.Capacity} bytes");
        if (!_pixels.IsStillWhole())
            throw ControlAnchor.Truncated(_name, "pixels");
        return _pixels.Payload(slot);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pixels?.Dispose();
        _pixels = null;
    }

    private PixelsSection Open(uint generation)
    {
        using SharedSection control = _platform.Sections.TryOpen(_name, writable: false)
            ?? throw new WinMmfException(WinMmfErrorId.NotFound, $"{_name} is gone, so there is no slot to fill.", _name.ToFacts());
        ControlAnchor.Check(control, _name);
        return PixelsSection.TryUse(_platform.Channels.TryOpenPixels(_name, control, generation, writable: true), _name, generation)
            ?? throw new WinMmfException(
                WinMmfErrorId.NotFound, $"The pixels {generation} of {_name} are gone, so there is no slot to fill.", _name.ToFacts());
    }
}

using WinMmf.Layouts;
using WinMmf.Residency;

namespace WinMmf.Frames;

/// <content>Larger frames: the next generation of pixels (<c>docs/protocol.md</c> 4.3).</content>
public sealed unsafe partial class FrameWriter
{
    private void Grow(int payloadLength)
    {
        lock (_lifeLock)
        {
            ControlDescription description = _channel.Description;
            long capacity = PixelsLayout.Capacity(payloadLength);
            if (capacity <= _pixels.Capacity)
                return;
            PixelsSection larger = _channel.CreateLarger(capacity);

            // The channel grows again before the first frame of the previous growth.
            if (_retiredPixels is not null)
                LetGoOfRetiredPixels();
            _pixels.Retire(_c);
            _retiredPixels = _pixels;
            _pixels = larger;
            description.Generation = larger.Generation;
            description.SlotCapacity = capacity;
            description.Resident = _options.Residency == MemoryResidency.None ? default : larger.Measure();
            description.Write(_channel.Control);
        }
    }

    private void LetGoOfRetiredPixels()
    {
        // Only now, because until the first frame of the new generation, the newest frame was in this one.
        PixelsSection retired = _retiredPixels!;
        _retiredPixels = null;
        _channel.Site.RemovePixels(retired.Generation);
        retired.Dispose();
    }
}

using System;
using System.Collections.Generic;
using OpenCvSharp;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Capture.OpenCv;

/// <summary>
/// Puts the frame that was fetched into a slot. Where neither size nor pixels are to be changed OpenCV decodes straight into the slot:
/// <c>Retrieve</c> keeps a matrix's memory as long as size and type fit.
/// </summary>
internal sealed unsafe class SlotPicture : IDisposable
{
    private readonly SlotMemory _memory;
    private readonly Dictionary<(long Address, int Width, int Height), Mat> _slots = [];
    private readonly Mat _scaled = new();
    private Mat _frame = new();
    private bool _isKept;
    private OpenCvCapture? _capture;
    private MatType _type = MatType.CV_8UC3;
    private PixelFormat _format = PixelFormat.Bgr24;
    private Size _asked;
    private uint _generation;

    public SlotPicture(SharedName channel) => _memory = new SlotMemory(channel);

    /// <summary>The size that the frame at hand has in a slot.</summary>
    public Size Size { get; private set; }

    /// <summary>Uses what was opened, and keeps its first frame, so that its true size is known.</summary>
    /// <exception cref="WinMmfException">InvalidFormat, SourceUnreachable.</exception>
    public void Use(OpenCvRequest request, OpenCvCapture capture)
    {
        _capture = capture;
        _format = request.PixelFormat;
        _type = _format switch
        {
            PixelFormat.Bgra32 => MatType.CV_8UC4,
            PixelFormat.Gray8 => MatType.CV_8UC1,
            _ => MatType.CV_8UC3,
        };

        // A camera was asked for its size; anything else is scaled.
        _asked = request.Kind == OpenCvInputKind.Device ? default : new Size(request.Width, request.Height);
        Keep();
    }

    /// <summary>Forgets the frame at hand.</summary>
    public void Drop() => _isKept = false;

    /// <summary>Puts the frame at hand into a slot. False: its size is another, see <see cref="Size"/>; it stays at hand.</summary>
    /// <exception cref="WinMmfException">SourceUnreachable, InvalidFormat, and those of <see cref="SlotMemory.Payload"/>.</exception>
    public bool TryFill(uint generation, int slot, Size size)
    {
        if (generation != _generation)
            ForgetSlots();
        _generation = generation;
        FrameFormat format = FrameFormat.Packed(size.Width, size.Height, _format);
        byte* payload = _memory.Payload(generation, slot, format.PayloadLength);
        if (!_slots.TryGetValue(((long)payload, size.Width, size.Height), out Mat? target))
        {
            target = Mat.FromPixelData(size.Height, size.Width, _type, (IntPtr)payload, format.Stride);
            _slots.Add(((long)payload, size.Width, size.Height), target);
        }

        if (!_isKept && _format == PixelFormat.Bgr24 && _asked == default)
        {
            _capture!.Retrieve(target);
            if (target.DataPointer == payload)
            {
                Size = size;
                return true;
            }

            // The frame did not fit, so OpenCV gave the matrix memory of its own.
            _slots.Remove(((long)payload, size.Width, size.Height));
            Mat old = _frame;
            _frame = target;
            old.Dispose();
            Kept();
            return TryFill(generation, slot, size);
        }

        if (!_isKept)
            Keep();
        if (Size != size)
            return false;
        Copy(target);
        if (target.DataPointer != payload)
            throw new InvalidOperationException("OpenCV has left the slot.");
        _isKept = false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetSlots();
        _frame.Dispose();
        _scaled.Dispose();
        _memory.Dispose();
    }

    private void ForgetSlots()
    {
        foreach (Mat slot in _slots.Values)
            slot.Dispose();
        _slots.Clear();
    }

    private void Keep()
    {
        _capture!.Retrieve(_frame);
        Kept();
    }

    private void Kept()
    {
        _isKept = true;
        MatType type = _frame.Type();
        if (type != MatType.CV_8UC1 && type != MatType.CV_8UC3 && type != MatType.CV_8UC4)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                $"OpenCV gives pixels of the type {type}, and a channel holds 8 bits a colour. Let ffmpeg open the input, or convert it.");
        Size = Scale(_frame.Size());
        if (FrameFormat.FindFault(Size.Width, Size.Height, (long)Size.Width * _type.Channels, _format,
            (long)Size.Width * Size.Height * _type.Channels) is string fault)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, $"{fault} Choose another size, or let ffmpeg open the input.");
    }

    private Size Scale(Size frame) => (_asked.Width, _asked.Height) switch
    {
        ( > 0, > 0) => _asked,
        ( > 0, _) => new Size(_asked.Width, Even((double)_asked.Width * frame.Height / frame.Width)),
        (_, > 0) => new Size(Even((double)_asked.Height * frame.Width / frame.Height), _asked.Height),
        _ => frame,
    };

    private static int Even(double pixels) => (int)Math.Clamp(2 * Math.Round(pixels / 2), 2, FrameFormat.MaxDimension - 1);

    private void Copy(Mat target)
    {
        Mat picture = _frame;
        if (picture.Size() != Size)
        {
            bool shrinks = Size.Width <= picture.Width && Size.Height <= picture.Height;
            Cv2.Resize(picture, _scaled, Size, 0, 0, shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
            picture = _scaled;
        }

        if (Conversion(picture.Channels(), _type.Channels) is ColorConversionCodes code)
            Cv2.CvtColor(picture, target, code);
        else
            picture.CopyTo(target);
    }

    private static ColorConversionCodes? Conversion(int from, int to) => (from, to) switch
    {
        (3, 4) => ColorConversionCodes.BGR2BGRA,
        (3, 1) => ColorConversionCodes.BGR2GRAY,
        (1, 3) => ColorConversionCodes.GRAY2BGR,
        (1, 4) => ColorConversionCodes.GRAY2BGRA,
        (4, 3) => ColorConversionCodes.BGRA2BGR,
        (4, 1) => ColorConversionCodes.BGRA2GRAY,
        _ => null,
    };
}

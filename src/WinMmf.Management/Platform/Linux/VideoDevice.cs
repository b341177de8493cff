using System;
using System.Collections.Generic;
using System.Text;
using WinMmf.Management.Cameras;
using WinMmf.Platform.Linux.Native;
using WinMmf.Text;

namespace WinMmf.Management.Platform.Linux;

/// <summary>What a Video4Linux device says of itself: offsets are those of the structures in linux/videodev2.h.</summary>
internal sealed class VideoDevice
{
    private const uint QueryCapabilities = 0x8068_5600;
    private const uint EnumerateFormats = 0xC040_5602;
    private const uint EnumerateSizes = 0xC02C_564A;
    private const uint EnumerateIntervals = 0xC034_564B;
    private const uint Capture = 1;
    private const uint CaptureMultiPlanar = 0x1000;
    private const uint HasDeviceCapabilities = 0x8000_0000;
    private const uint Discrete = 1;
    private const int CaptureBuffer = 1;
    private const int MultiPlanarBuffer = 9;

    // A driver that never says "no more" must not keep us for ever.
    private const int Most = 64;

    private static readonly (int Width, int Height)[] UsualSizes =
        [(640, 480), (1280, 720), (1920, 1080), (3840, 2160)];

    private readonly Func<uint, byte[], int> _ask;

    /// <summary>Makes one.</summary>
    /// <param name="ask">Asks the device, as <see cref="Libc.AskDevice"/> does; gives 0 or an error.</param>
    public VideoDevice(Func<uint, byte[], int> ask) => _ask = ask;

    /// <summary>The name that the driver gives it.</summary>
    public string Card { get; private set; } = "";

    /// <summary>Where it is: usb-0000:00:14.0-2, platform:vivid-000.</summary>
    public string Bus { get; private set; } = "";

    /// <summary>True if pictures can be read from it; a camera has devices for other things as well.</summary>
    public bool IsCamera { get; private set; }

    /// <summary>What it can give.</summary>
    public IReadOnlyList<CameraFormat> Formats { get; private set; } = [];

    /// <summary>Asks for everything.</summary>
    /// <returns>0, or the error.</returns>
    public int Read()
    {
        byte[] capability = new byte[104];
        int error = _ask(QueryCapabilities, capability);
        if (error != 0)
            return error;
        Card = Text(capability, 16, 32);
        Bus = Text(capability, 48, 32);
        uint all = BitConverter.ToUInt32(capability, 84);
        uint capabilities = (all & HasDeviceCapabilities) != 0 ? BitConverter.ToUInt32(capability, 88) : all;
        IsCamera = (capabilities & (Capture | CaptureMultiPlanar)) != 0;
        if (IsCamera)
            Formats = ReadFormats((capabilities & Capture) != 0 ? CaptureBuffer : MultiPlanarBuffer);
        return 0;
    }

    private static string Text(byte[] bytes, int offset, int length)
    {
        int end = Array.IndexOf(bytes, (byte)0, offset, length);
        return ForeignText.Clean(Encoding.UTF8.GetString(bytes, offset, (end < 0 ? offset + length : end) - offset).Trim());
    }

    private static void Put(byte[] bytes, int offset, uint value) => BitConverter.GetBytes(value).CopyTo(bytes, offset);

    private List<CameraFormat> ReadFormats(int buffer)
    {
        List<CameraFormat> formats = [];
        for (uint i = 0; i < Most; i++)
        {
            byte[] description = new byte[64];
            Put(description, 0, i);
            Put(description, 4, (uint)buffer);
            if (_ask(EnumerateFormats, description) != 0)
                break;
            uint code = BitConverter.ToUInt32(description, 44);
            string name = Encoding.ASCII.GetString(BitConverter.GetBytes(code & 0x7FFF_FFFF)).TrimEnd(' ', '\0');
            foreach ((int width, int height) in ReadSizes(code))
                formats.Add(new CameraFormat(name, width, height, ReadRates(code, width, height)));
        }

        return formats;
    }

    private IEnumerable<(int Width, int Height)> ReadSizes(uint code)
    {
        for (uint i = 0; i < Most; i++)
        {
            byte[] size = new byte[44];
            Put(size, 0, i);
            Put(size, 4, code);
            if (_ask(EnumerateSizes, size) != 0)
                yield break;
            if (BitConverter.ToUInt32(size, 8) == Discrete)
            {
                yield return (BitConverter.ToInt32(size, 12), BitConverter.ToInt32(size, 16));
                continue;
            }

            // A range: the usual sizes in it, and its ends.
            int least = BitConverter.ToInt32(size, 12), most = BitConverter.ToInt32(size, 16);
            int lowest = BitConverter.ToInt32(size, 24), highest = BitConverter.ToInt32(size, 28);
            yield return (least, lowest);
            foreach ((int width, int height) in UsualSizes)
            {
                bool isInside = width > least && width < most && height > lowest && height < highest;
                if (isInside
                    && IsOnGrid(width - least, BitConverter.ToInt32(size, 20)) && IsOnGrid(height - lowest, BitConverter.ToInt32(size, 32)))
                    yield return (width, height);
            }

            if (most != least || highest != lowest)
                yield return (most, highest);
            yield break;
        }
    }

    private List<double> ReadRates(uint code, int width, int height)
    {
        List<double> rates = [];
        for (uint i = 0; i < Most; i++)
        {
            byte[] interval = new byte[52];
            Put(interval, 0, i);
            Put(interval, 4, code);
            Put(interval, 8, (uint)width);
            Put(interval, 12, (uint)height);
            if (_ask(EnumerateIntervals, interval) != 0)
                break;
            Add(rates, interval, 20);
            if (BitConverter.ToUInt32(interval, 16) == Discrete)
                continue;

            // A range: its two ends.
            Add(rates, interval, 28);
            break;
        }

        rates.Sort(static (a, b) => b.CompareTo(a));
        return rates;
    }

    private static bool IsOnGrid(int distance, int step) => step <= 1 || distance % step == 0;

    private static void Add(List<double> rates, byte[] interval, int offset)
    {
        uint numerator = BitConverter.ToUInt32(interval, offset), denominator = BitConverter.ToUInt32(interval, offset + 4);
        double rate = numerator == 0 ? 0 : Math.Round((double)denominator / numerator, 3);
        if (rate > 0 && !rates.Contains(rate))
            rates.Add(rate);
    }
}

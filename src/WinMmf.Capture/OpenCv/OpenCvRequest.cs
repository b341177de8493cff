using System;
using System.Globalization;
using System.IO;
using System.Text;
using WinMmf.Frames;
using WinMmf.Management.Control;

namespace WinMmf.Capture;

/// <summary>What the OpenCV process shall open.</summary>
/// <param name="Kind">File, pictures, address or device.</param>
/// <param name="Argument">Path, address, or path or number of a device.</param>
/// <param name="Format">How a device is reached.</param>
/// <param name="PixelFormat">Bgr24, Bgra32 or Gray8.</param>
/// <param name="Width">A device is asked for it, the rest is scaled; 0: as it is.</param>
/// <param name="Height">Likewise.</param>
/// <param name="FrameRate">A device is asked for it; 0: as it is.</param>
/// <param name="Loop">Begin again at the end.</param>
internal sealed record OpenCvRequest(
    OpenCvInputKind Kind, string Argument, string Format, PixelFormat PixelFormat, int Width, int Height, double FrameRate, bool Loop)
{
    private const string Head = "OPEN";

    public override string ToString() => new ControlMessage(Head)
    {
        ["kind"] = Kind.ToString(),
        ["argument"] = Argument,
        ["format"] = Format,
        ["pixel-format"] = PixelFormat.ToString(),
        ["width"] = Width.ToString(CultureInfo.InvariantCulture),
        ["height"] = Height.ToString(CultureInfo.InvariantCulture),
        ["frame-rate"] = FrameRate.ToString("R", CultureInfo.InvariantCulture),
        ["loop"] = Loop ? "1" : "0",
    }.ToString();

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static OpenCvRequest Parse(string text)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(text));
        ControlMessage message = ControlMessage.Read(bytes) ?? throw new InvalidDataException("The request is empty.");
        try
        {
            return new OpenCvRequest(
                Enum.Parse<OpenCvInputKind>(message["kind"]),
                message["argument"],
                message["format"],
                Enum.Parse<PixelFormat>(message["pixel-format"]),
                int.Parse(message["width"], CultureInfo.InvariantCulture),
                int.Parse(message["height"], CultureInfo.InvariantCulture),
                double.Parse(message["frame-rate"], CultureInfo.InvariantCulture),
                message["loop"] == "1");
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"The request makes no sense: {e.Message}", e);
        }
    }
}

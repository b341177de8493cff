using System;
using System.Globalization;
using System.IO;
using System.Text;
using WinMmf.Management.Control;

namespace WinMmf.Capture;

/// <summary>What the OpenCV process has opened.</summary>
/// <param name="Width">Pixels a row of the first frame, as it goes into a slot.</param>
/// <param name="Height">Rows, likewise.</param>
/// <param name="FrameRate">Frames a second as OpenCV says; 0 if it does not know.</param>
/// <param name="Backend">Which part of OpenCV opened it, such as FFMPEG or V4L2.</param>
internal sealed record OpenCvReply(int Width, int Height, double FrameRate, string Backend)
{
    private const string Head = "OPENED";

    public override string ToString() => new ControlMessage(Head)
    {
        ["width"] = Width.ToString(CultureInfo.InvariantCulture),
        ["height"] = Height.ToString(CultureInfo.InvariantCulture),
        ["frame-rate"] = FrameRate.ToString("R", CultureInfo.InvariantCulture),
        ["backend"] = Backend,
    }.ToString();

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static OpenCvReply Parse(string text)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(text));
        ControlMessage message = ControlMessage.Read(bytes) ?? throw new InvalidDataException("The answer is empty.");
        try
        {
            return new OpenCvReply(
                int.Parse(message["width"], CultureInfo.InvariantCulture),
                int.Parse(message["height"], CultureInfo.InvariantCulture),
                double.Parse(message["frame-rate"], CultureInfo.InvariantCulture),
                message["backend"]);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException($"The answer makes no sense: {e.Message}", e);
        }
    }
}

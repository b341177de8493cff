using System;
using System.Globalization;
using System.Text.Json;

namespace WinMmf.Capture;

/// <summary>What ffprobe says of a video stream, as ffmpeg will show it: turned upright.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FrameRate">Frames a second, 0 if unknown.</param>
/// <param name="IsRateUneven">True if the stream's nominal rate is far from its average, so that ffmpeg would repeat frames.</param>
/// <param name="Codec">ffmpeg's name of the codec; empty if unknown.</param>
public sealed record VideoProperties(int Width, int Height, double FrameRate, bool IsRateUneven, string Codec)
{
    /// <summary>Streams without a rate claim the ticks of their clock, 90,000 a second.</summary>
    private const double MaxNominal = 1000;

    private const double UnevenShare = 0.1;

    /// <summary>Degrees that the input is turned by when it is shown.</summary>
    public int Rotation { get; private init; }

    /// <summary>The standard of a picture with a high dynamic range, PQ or HLG; null for any other.</summary>
    public string? DynamicRange { get; private init; }

    /// <summary>True if the stream does not say what its primary colours are.</summary>
    internal bool IsPrimariesUnknown { get; private init; }

    /// <summary>True if the stream does not say how its colours become luma and chroma.</summary>
    internal bool IsMatrixUnknown { get; private init; }

    /// <summary>Reads ffprobe's JSON answer; null if there is no video stream with a size in it.</summary>
    internal static VideoProperties? TryParse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("streams", out JsonElement streams) || streams.ValueKind != JsonValueKind.Array
                || streams.GetArrayLength() == 0)
                return null;
            JsonElement stream = streams[0];
            int width = Number(stream, "width");
            int height = Number(stream, "height");
            if (width <= 0 || height <= 0)
                return null;
            int rotation = RotationOf(stream);
            if (IsQuarter(rotation))
                (width, height) = (height, width);
            double average = Ratio(stream, "avg_frame_rate");
            double nominal = Ratio(stream, "r_frame_rate");
            bool uneven = average > 0 && nominal > 0 && Math.Abs(nominal - average) > UnevenShare * average;
            if (nominal > MaxNominal)
                nominal = 0;
            return new VideoProperties(width, height, uneven || nominal <= 0 ? average : nominal, uneven,
                Text(stream, "codec_name"))
            {
                Rotation = rotation,
                DynamicRange = Text(stream, "color_transfer") switch
                {
                    "smpte2084" => "PQ",
                    "arib-std-b67" => "HLG",
                    _ => null,
                },
                IsPrimariesUnknown = Text(stream, "color_primaries") is "" or "unknown" or "reserved",
                IsMatrixUnknown = Text(stream, "color_space") is "" or "unknown" or "reserved",
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The same turned by other degrees than the input's own.</summary>
    internal VideoProperties Turned(double degrees) =>
        IsQuarter(degrees) == IsQuarter(Rotation) ? this : this with { Width = Height, Height = Width };

    private static bool IsQuarter(double degrees) => Math.Abs(Math.Round(degrees)) % 180 == 90;

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : 0;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int RotationOf(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement data in list.EnumerateArray())
            {
                if (data.TryGetProperty("rotation", out _))
                    return Number(data, "rotation");
            }
        }

        // Older versions of ffprobe give a tag instead.
        return stream.TryGetProperty("tags", out JsonElement tags)
            && int.TryParse(Text(tags, "rotate"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int angle) ? angle : 0;
    }

    private static double Ratio(JsonElement stream, string name)
    {
        string[] parts = Text(stream, name).Split('/');
        bool isRatio = parts.Length == 2
            & double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double over)
            & double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double under);
        double ratio = isRatio && under != 0 ? over / under : 0;
        return double.IsFinite(ratio) && ratio is > 0 and <= 1_000_000 ? ratio : 0;
    }
}

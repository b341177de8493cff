using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;

namespace WinMmf.Capture;

/// <summary>
/// The options that a user gives for an input, sorted by what understands them. <c>ffmpeg</c> has options of its own that
/// <c>ffprobe</c> refuses, decoders have some, and the rest are the demuxer's and the protocol's, which alone may hold secrets.
/// </summary>
internal sealed class FfmpegInputOptions
{
    /// <summary>Options of the program ffmpeg for an input that take a value.</summary>
    private static readonly HashSet<string> Program = new(StringComparer.Ordinal)
    {
        "c", "codec", "vcodec", "t", "to", "ss", "sseof", "seek_timestamp", "isync", "itsoffset", "itsscale", "readrate",
            "readrate_initial_burst",
        "readrate_catchup", "r", "s", "pix_fmt", "hwaccel", "hwaccel_device", "hwaccel_output_format", "init_hw_device", "qsv_device",
            "vaapi_device",
        "thread_queue_size", "discard", "top", "tag", "vtag", "reinit_filter", "display_rotation", "max_error_rate", "dts_delta_threshold",
        "dts_error_threshold", "max_alloc", "cpuflags",
    };

    /// <summary>Options of the program ffmpeg that are on or off and take no value.</summary>
    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal)
    {
        "re", "accurate_seek", "autorotate", "find_stream_info", "an", "sn", "dn", "bitexact", "recast_media", "copyts", "start_at_zero",
            "xerror",
        "display_hflip", "display_vflip", "fix_sub_duration", "drop_changed",
    };

    /// <summary>What a decoder understands. A demuxer ignores it.</summary>
    private static readonly HashSet<string> Decoder = new(StringComparer.Ordinal)
    {
        "flags", "flags2", "export_side_data", "bug", "strict", "err_detect", "idct", "ec", "debug", "threads", "skip_top", "skip_bottom",
            "lowres",
        "skip_loop_filter", "skip_idct", "skip_frame", "color_primaries", "color_trc", "colorspace", "color_range",
            "chroma_sample_location", "thread_type",
        "apply_cropping", "skip_alpha", "field_order", "max_pixels", "hwaccel_flags", "extra_hw_frames", "discard_damaged_percentage",

        // Of decoders that run on the graphics card.
        "gpu", "surfaces", "deint", "drop_second_field", "crop", "resize", "async_depth", "gpu_copy", "num_output_buffers",
            "num_capture_buffers",
    };

    /// <summary>What stands in another option of ours, or would make ffmpeg open or write something else.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["i"] = "The input itself is given as the input.",
        ["f"] = "Give the format as the input format.",
        ["stream_loop"] = "To begin a file again there is the loop option.",
        ["vf"] = "The picture is scaled and converted by width, height and pixel format.",
        ["filter"] = "The picture is scaled and converted by width, height and pixel format.",
        ["filter_complex"] = "The picture is scaled and converted by width, height and pixel format.",
        ["map"] = "The first picture stream is used.",
        ["y"] = "Nothing is written to a file.",
        ["n"] = "Nothing is written to a file.",
    };

    private readonly List<KeyValuePair<string, string>> _demuxer = [];
    private readonly List<string> _decoder = [];
    private readonly List<string> _program = [];

    /// <summary>Sorts options.</summary>
    /// <param name="options">Names without a dash, and values.</param>
    /// <exception cref="WinMmfException">InvalidArgument: no name of an option, or one that has no place here.</exception>
    public FfmpegInputOptions(IEnumerable<KeyValuePair<string, string>> options)
    {
        foreach (KeyValuePair<string, string> option in options)
        {
            if (!IsName(option.Key))
                throw Bad($"'{option.Key}' is no name of an ffmpeg option. Give it without a dash, such as rtsp_transport=tcp.");
            if (option.Value.Contains('\0', StringComparison.Ordinal))
                throw Bad(
                    $"The value of the input option '{option.Key}' contains a NUL character, which no program can be given. Leave it out.");
            Add(option.Key, option.Value);
        }
    }

    /// <summary>What the demuxer and the protocol understand.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Demuxer => _demuxer;

    /// <summary>The same as arguments, without those that are a decoder's too.</summary>
    public IEnumerable<string> DemuxerArguments
    {
        get
        {
            foreach (KeyValuePair<string, string> option in _demuxer)
            {
                if (Decoder.Contains(option.Key))
                    continue;
                yield return "-" + option.Key;
                yield return option.Value;
            }
        }
    }

    /// <summary>What decoders understand, as arguments.</summary>
    public IReadOnlyList<string> DecoderArguments => _decoder;

    /// <summary>What only ffmpeg understands, as arguments.</summary>
    public IReadOnlyList<string> ProgramArguments => _program;

    /// <summary>Frames a second that the input is given (<c>r</c>); null: its own.</summary>
    public double? Rate { get; private set; }

    /// <summary>Degrees that replace the input's own rotation; null: the input's own.</summary>
    public double? Rotation { get; private set; }

    /// <summary>
    /// What ffprobe calls that which ffmpeg has an option of its own for, as arguments. Only formats without a header know it.
    /// </summary>
    public List<string> RawArguments { get; } = [];

    private static WinMmfException Bad(string message) => new(WinMmfErrorId.InvalidArgument, message);

    private static bool IsName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or ':' or '-'))
                return false;
        }

        return name.Length > 0 && name[0] != '-' && name[0] != ':';
    }

    private static double? Number(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double over))
            return null;
        double under = 1;
        if (parts.Length == 2 && !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out under))
            return null;
        double value = over / under;
        return double.IsFinite(value) ? value : null;
    }

    private void Add(string name, string value)
    {
        // Behind a colon stands which stream is meant.
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? name : name[..colon];
        if (Refused.TryGetValue(kind, out string? instead))
            throw Bad($"The option '{kind}' has no place among those of the input. {instead}");
        if (kind.StartsWith("no", StringComparison.Ordinal) && Switches.Contains(kind[2..]))
            AddSwitch(kind[2..], name, !IsOn(name, value));
        else if (Switches.Contains(kind))
            AddSwitch(kind, name, IsOn(name, value));
        else if (Program.Contains(kind))
            AddProgram(kind, name, value);
        else
            AddOther(kind, name, value);
    }

    private void AddSwitch(string kind, string name, bool isOn)
    {
        // The rotation that the probe reports is then not carried out.
        if (kind == "autorotate" && !isOn)
            Rotation = 0;
        string bare = name.StartsWith("no", StringComparison.Ordinal) && !Switches.Contains(name.Split(':')[0]) ? name[2..] : name;
        _program.Add((isOn ? "-" : "-no") + bare);
    }

    private void AddProgram(string kind, string name, string value)
    {
        switch (kind)
        {
            case "r":
                Rate = Number(value) is double rate and > 0 ? rate : null;
                RawArguments.AddRange(["-framerate", value]);
                break;
            case "s":
                RawArguments.AddRange(["-video_size", value]);
                break;
            case "pix_fmt":
                RawArguments.AddRange(["-pixel_format", value]);
                break;
            case "display_rotation":
                Rotation = Number(value);
                break;
        }

        _program.AddRange(["-" + name, value]);
    }

    private void AddOther(string kind, string name, string value)
    {
        if (Decoder.Contains(kind))
        {
            _decoder.AddRange(["-" + name, value]);

            // These two are known to demuxers as well.
            if (kind is not ("strict" or "err_detect"))
                return;
        }

        _demuxer.Add(new(name, value));
    }

    private static bool IsOn(string name, string value) => value.ToUpperInvariant() switch
    {
        "" or "1" or "TRUE" or "YES" or "ON" => true,
        "0" or "FALSE" or "NO" or "OFF" => false,
        _ => throw Bad($"The input option '{name}' is on or off. Give it the value 1 or 0."),
    };
}

using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Frames;
using WinMmf.Names;

namespace WinMmf.Management.Control;

/// <summary>What a publisher shall publish, and how. What is not set is the publisher's choice.</summary>
public sealed class PublisherRequest : LaunchRequest
{
    /// <summary>Makes a request for a channel.</summary>
    /// <param name="name">The channel's name and scope.</param>
    /// <param name="input">A file, an address or a device to play; null for the synthetic picture.</param>
    public PublisherRequest(SharedName name, string? input)
        : base(name) => Input = input;

    /// <summary>A file, an address or a device to play; null for the synthetic picture.</summary>
    public string? Input { get; }

    /// <summary>ffmpeg's name of the input's format, such as v4l2 or dshow; null: found out.</summary>
    public string? InputFormat { get; set; }

    /// <summary>ffmpeg's options for the input, names without a dash.</summary>
    public IReadOnlyDictionary<string, string> InputOptions { get; set; } = new Dictionary<string, string>();

    /// <summary>Pixels a row; null: as the source has them.</summary>
    public int? Width { get; set; }

    /// <summary>Rows; null: as the source has them.</summary>
    public int? Height { get; set; }

    /// <summary>Frames a second; null: as the source has them.</summary>
    public double? FrameRate { get; set; }

    /// <summary>How pixels lie in a frame; null: the publisher's default.</summary>
    public PixelFormat? PixelFormat { get; set; }

    /// <summary>Slots of the channel; null: the default.</summary>
    public int? Slots { get; set; }

    /// <summary>Begin a file anew when it ends.</summary>
    public bool Loop { get; set; }

    /// <summary>True: at the input's own speed; false: as fast as it can be read; null: the former for files.</summary>
    public bool? Pace { get; set; }

    /// <summary>A source that is silent for so many seconds has failed; null: the publisher's default.</summary>
    public double? StallTimeout { get; set; }

    /// <summary>A file that the publisher writes its news to; null: none.</summary>
    public string? LogPath { get; set; }

    /// <summary>Name of a plain memory in winmmf's layout that the frames go into as well; null: none.</summary>
    public string? AlsoWinMmf { get; set; }

    /// <summary>Accounts whose winmmf programs may open that memory.</summary>
    public IReadOnlyList<string> WinMmfAccess { get; set; } = Array.Empty<string>();

    /// <summary>Seconds that a frame may wait for that memory's lock; 0: it is left out at once.</summary>
    public double WinMmfWait { get; set; }

    internal override string Subject => $"The publisher of {Name}";

    internal override string Missing => "had no frame";

    internal override IReadOnlyList<string> ToArguments()
    {
        List<string> arguments = ["publish", "--name", Name.Name, "--scope", ScopeArgument];
        if (Input is null)
            arguments.Add("--synthetic");
        else
            arguments.AddRange(["--input", Input]);
        Add(arguments, "--input-format", InputFormat);
        foreach (KeyValuePair<string, string> option in InputOptions)
            Add(arguments, "--input-option", $"{option.Key}={option.Value}");
        Add(arguments, "--width", Width?.ToString(CultureInfo.InvariantCulture));
        Add(arguments, "--height", Height?.ToString(CultureInfo.InvariantCulture));
        Add(arguments, "--fps", FrameRate?.ToString("R", CultureInfo.InvariantCulture));
        Add(arguments, "--pixel-format", PixelFormat?.ToString());
        Add(arguments, "--slots", Slots?.ToString(CultureInfo.InvariantCulture));
        AddAccess(arguments);
        Add(arguments, "--resident", ResidentArgument);
        if (Loop)
            arguments.Add("--loop");
        if (Pace is bool pace)
            arguments.Add(pace ? "--pace" : "--no-pace");
        Add(arguments, "--stall-timeout", StallTimeout?.ToString("R", CultureInfo.InvariantCulture));
        Add(arguments, "--also-winmmf", AlsoWinMmf);
        foreach (string account in WinMmfAccess)
            Add(arguments, "--winmmf-access", account);
        if (WinMmfWait > 0)
            Add(arguments, "--winmmf-wait", WinMmfWait.ToString("R", CultureInfo.InvariantCulture));
        arguments.Add("--detached");
        Add(arguments, "--log", LogPath);
        return arguments;
    }
}

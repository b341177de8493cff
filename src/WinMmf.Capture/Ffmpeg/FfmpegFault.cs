using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.Management.Secrets;

namespace WinMmf.Capture;

/// <summary>
/// Why ffmpeg could not open or read an input, found in its own words: each cause that needs another action is one of its own.
/// </summary>
/// <param name="ErrorId">The failure's identity.</param>
/// <param name="Fact">What is the matter, behind the input's name.</param>
/// <param name="Words">The line in which ffmpeg says so.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
internal sealed partial record FfmpegFault(WinMmfErrorId ErrorId, string Fact, string Words, string Remedy)
{
    private const string LineEnd = " / ";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>In the order in which they are looked for: what names its cause comes before what follows from it.</summary>
    private static readonly Rule[] Rules =
    [
        new(
            @"unknown keyword 'option'",
            WinMmfErrorId.NotSupported,
            "has input options, which this ffmpeg takes only as arguments that every account of this machine can read",
            "Install ffmpeg 5.0 or newer, or leave the options out. RTSP over TCP is also asked for by ?tcp at the end of the address."),
        new(
            @"Unknown input format: '?(?<what>[^'\s]+)",
            WinMmfErrorId.InvalidArgument,
            "is not opened, because this ffmpeg has no such input format",
            "'ffmpeg -formats' and 'ffmpeg -devices' list what there is; cameras are v4l2 on Linux and dshow on Windows."),
        new(
            @"Unrecognized option '(?<what>[^']*)'|Option '?(?<what>[\w:-]+)'? (?:\([^)]*\) )?(?:not found|"
                + @"cannot be applied)|Failed to set value '[^']*' for option '(?<what>[^']*)'|"
                + @"Error setting option (?<what>\w+) to value|Invalid \w+ specification for (?<what>\w+)|"
                + @"Missing argument for option '(?<what>[^']*)'|Unrecognized hwaccel: (?<what>\w+)|Error parsing (?:options|"
                + @"the argument list)|(?<what>[\w:-]+): Option not found|Unused options for",
            WinMmfErrorId.InvalidArgument,
            "is not opened, because an input option is not known or has an impossible value",
            "Correct the input options: 'ffmpeg -h full' and 'ffmpeg -h demuxer=NAME' list what there is."),
        new(
            @"Unknown (?:decoder|encoder) '?(?<what>\w+)|Device (?:creation|setup) failed|"
                + @"No device available for decoder|Failed to (?:get HW surface|setup hwaccel)|"
                + @"hwaccel initialisation returned error",
            WinMmfErrorId.InvalidArgument,
            "is not decoded, because this machine or this ffmpeg lacks what the input options ask for",
            "Leave hardware decoding and the named decoder out, or see 'ffmpeg -hwaccels' and 'ffmpeg -decoders'."),
        new(
            @"Protocol not found|Protocol '[^']*' not on whitelist",
            WinMmfErrorId.InvalidArgument,
            "has a kind of address that this ffmpeg cannot open",
            "'ffmpeg -protocols' lists what there is. Check how the address begins."),
        new(
            @"\b401\b.*Unauthorized|Unauthorized|authorization failed|Server returned 401",
            WinMmfErrorId.AccessDenied,
            "refuses the user or the password",
            "Give both in the address, as in rtsp://USER:PASSWORD@HOST/PATH, with / ? # @ : written as %2F %3F %23 %40 %3A."),
        new(
            @"\b403\b.*Forbidden|Server returned 403|access denied",
            WinMmfErrorId.AccessDenied,
            "may not be opened by this user",
            "Ask the server's administrator, or use another user in the address."),
        new(
            @"\b404\b.*Not Found|Server returned 404|Stream Not Found|454 Session Not Found",
            WinMmfErrorId.NotFound,
            "is not there: the server answers, but has nothing at this path",
            "Check the path behind the host's name."),
        new(
            @"Server returned (?:4XX|5XX|\d{3})|HTTP error \d{3}|method \w+ failed: \d{3}",
            WinMmfErrorId.SourceUnreachable,
            "is answered with an error of the server",
            "Look at the server or the camera, and whether it has a viewer too many."),
        new(
            @"Failed to resolve hostname|Name or service not known|nodename nor servname|No such host|Temporary failure in name resolution",
            WinMmfErrorId.SourceUnreachable,
            "has a host whose name no name server knows",
            "Check the host's name, or write its IP address."),
        new(
            @"Connection refused|Error number -(?:107|10061) occurred",
            WinMmfErrorId.SourceUnreachable,
            "refuses the connection: nothing listens at that address and port",
            "Check the port, and that the sender runs."),
        new(
            @"timed out|Error number -(?:138|10060) occurred",
            WinMmfErrorId.SourceUnreachable,
            "does not answer in time",
            "Check the network, a firewall, and that the sender is switched on."),
        new(
            @"No route to host|Network is (?:unreachable|down)|Host is (?:down|unreachable)|Connection reset|"
                + @"Error number -(?:108|110|116|118|10051|10054|10065) occurred",
            WinMmfErrorId.SourceUnreachable,
            "cannot be reached over the network",
            "Check the cable, the address and a firewall."),
        new(
            @"VIDIOC.*No space left on device|/dev/video\d+: No space left on device|Insufficient system resources|0x800705AA",
            WinMmfErrorId.NoBandwidth,
            "gets no bandwidth on its USB controller",
            "Plug it or another camera into another USB controller, or ask for a smaller size, a lower rate or JPEG pictures (Mjpg)."),
        new(
            @"Device or resource busy|already in use|device may be in use",
            WinMmfErrorId.SourceBusy,
            "is in use by another program",
            "End that program, or let it read the channel of the publisher that has the device; Get-CameraPublisher and 'WinMmf.Publisher "
                + "list' show them."),
        new(
            @"Permission denied|Operation not permitted",
            WinMmfErrorId.AccessDenied,
            "may not be opened by this account",
            "On Linux add the account to the group that owns the device, most often 'video'; on Windows allow desktop apps to use the "
                + "camera."),
        new(
            @"No such file or directory|No such device|Could not find (?:video|audio) device|"
                + @"Could not enumerate video devices|Cannot find a proper device|Cannot open video device|Failed to open|"
                + @"does not exist",
            WinMmfErrorId.NotFound,
            "is not there",
            "Check the name and that it is plugged in: 'ffmpeg -sources v4l2' on Linux, 'ffmpeg -list_devices true -f dshow -i dummy' on "
                + "Windows."),
        new(
            @"Inappropriate ioctl|Not a video capture device|VIDIOC_QUERYCAP",
            WinMmfErrorId.NotFound,
            "is no camera",
            "A camera often has several device files, of which one delivers pictures: 'ffmpeg -sources v4l2' lists those."),
        new(
            @"Could not set video options|VIDIOC_S_FMT|VIDIOC_S_PARM|Cannot find a proper format|"
                + @"Could not set (?:the )?(?:video|pixel) format|does not support",
            WinMmfErrorId.InvalidFormat,
            "has no mode of this size, rate or pixel format",
            "Leave size, rate or pixel format out, or choose one that the device lists: 'ffmpeg -f v4l2 -list_formats all -i DEVICE', "
                + "'ffmpeg -f dshow -list_options true -i DEVICE'."),
    ];

    /// <summary>Finds the cause in what ffmpeg or ffprobe wrote; null if it names none of these.</summary>
    /// <param name="words">Lines as <see cref="ChildProgram.LastErrors"/> gives them.</param>
    public static FfmpegFault? Find(string words)
    {
        string[] lines = words.Split(LineEnd);
        foreach (Rule rule in Rules)
        {
            foreach (string line in lines)
            {
                Match match = Regex.Match(line, rule.Pattern, Options);
                if (!match.Success)
                    continue;
                string what = match.Groups["what"].Value;
                string fact = what.Length == 0 ? rule.Fact : $"{rule.Fact} ('{what}')";
                return new FfmpegFault(rule.ErrorId, fact, Tidy(line), rule.Remedy);
            }
        }

        return null;
    }

    /// <summary>This as the failure of an input.</summary>
    /// <param name="description">The input, without its secrets.</param>
    /// <param name="exitCode">How the program ended.</param>
    /// <param name="more">What is to be said besides, with a blank before it.</param>
    public WinMmfException ToException(string description, int exitCode, string more = "") =>
        Failure(ErrorId, $"'{description}' {Fact}{(Words.Length > 0 ? $": {Words}" : "")}. {Remedy}{more}", exitCode);

    /// <summary>A failure whose message says what to do.</summary>
    public static WinMmfException Failure(WinMmfErrorId id, string message, int exitCode) =>
        new(id, message, new ErrorFacts { IsMessageAdvised = true }, exitCode);

    /// <summary>
    /// ffmpeg's words without what only its programmers need: addresses of objects, what stands for the script, hidden parts of addresses
    /// that it made up itself.
    /// </summary>
    public static string Tidy(string words)
    {
        List<string> kept = [];
        foreach (string line in words.Split(LineEnd, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string text = Origin().Replace(line, "").Replace("?" + Redactor.Mask, "", StringComparison.Ordinal).TrimEnd('.');
            if (text.StartsWith(InputScript.Argument + ": ", StringComparison.Ordinal))
                text = text[(InputScript.Argument.Length + 2)..];
            if (text.Length > 0 && !text.StartsWith("Impossible to open ", StringComparison.Ordinal)
                && !kept.Exists(other => other.Contains(text, StringComparison.Ordinal)))
                kept.Add(text);
        }

        return string.Join("; ", kept);
    }

    [GeneratedRegex(@"^(?:\[[^\]@]* @ [^\]]*\] )+")]
    private static partial Regex Origin();

    private sealed record Rule(string Pattern, WinMmfErrorId ErrorId, string Fact, string Remedy);
}

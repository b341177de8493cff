using System;
using System.Collections.Generic;
using System.Text;
using WinMmf.Errors;

namespace WinMmf.Capture;

/// <summary>
/// An address and its options as a script for ffmpeg's concat demuxer, which reads it from standard input: every account of a machine
/// can read the arguments of every process, and addresses, headers and keys hold passwords.
/// </summary>
internal static class InputScript
{
    /// <summary>What ffmpeg is given in place of the address.</summary>
    public const string Argument = "pipe:0";

    /// <summary>A header that has a protocol option of its own, which leaves room for one that has none.</summary>
    private static readonly (string Header, string Option)[] OwnOption = [("User-Agent:", "user_agent"), ("Referer:", "referer")];

    /// <summary>
    /// What an address may lead to. Local files are left out: a playlist from the network could name one. ffmpeg itself
    /// is as strict with addresses.
    /// </summary>
    private const string Protocols =
        "pipe,http,https,httpproxy,tls,tcp,udp,udplite,rtp,srtp,rtmp,rtmpe,rtmps,rtmpt,rtmpte,rtmpts,"
        + "ffrtmpcrypt,ffrtmphttp,mmsh,mmst,ftp,sftp,"
        + "gopher,gophers,srt,rist,sctp,amqp,zmq,ipfs,ipns,crypto,data,hls,async,cache";

    /// <summary>The arguments in front of <c>-i</c> that have ffmpeg and ffprobe read the script.</summary>
    /// <param name="isFile">True if the script names a file of this machine.</param>
    public static string[] Arguments(bool isFile) =>
        ["-f", "concat", "-safe", "0", "-auto_convert", "0", "-protocol_whitelist", isFile ? Protocols + ",file,subfile" : Protocols];

    /// <summary>Makes the script.</summary>
    /// <param name="address">What ffmpeg opens.</param>
    /// <param name="options">Options of the demuxer and the protocol.</param>
    /// <exception cref="WinMmfException">InvalidArgument: a line break where the script can have none.</exception>
    public static string Make(string address, IEnumerable<KeyValuePair<string, string>> options)
    {
        StringBuilder script = new("ffconcat version 1.0\n");
        Line(script, "file", address, "The address");
        foreach (KeyValuePair<string, string> option in SplitHeaders(options))
            Line(script, "option " + option.Key, option.Value, $"The input option '{option.Key}'");
        return script.ToString();
    }

    private static void Line(StringBuilder script, string keyword, string value, string what)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"{what} contains a line break. Leave it out.");

        // Within quotes everything is itself except the quote.
        script.Append(keyword).Append(" '").Append(value.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
    }

    /// <summary>Headers stand on lines of their own, and a script's value is one line.</summary>
    private static IEnumerable<KeyValuePair<string, string>> SplitHeaders(IEnumerable<KeyValuePair<string, string>> options)
    {
        foreach (KeyValuePair<string, string> option in options)
        {
            if (option.Key != "headers")
            {
                yield return option;
                continue;
            }

            string? rest = null;
            foreach (string line in option.Value.Split(
                ['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (TryOwnOption(line) is KeyValuePair<string, string> own)
                {
                    yield return own;
                    continue;
                }

                if (rest is not null)
                {
                    throw new WinMmfException(
                        WinMmfErrorId.InvalidArgument,
                        "ffmpeg takes only one header besides User-Agent and Referer without showing it to every account of this machine. "
                        + "Give user and password in the address instead of an Authorization header, and leave out what the server does "
                        + "not need.");
                }

                rest = line;
            }

            if (rest is not null)
                yield return new("headers", rest);
        }
    }

    private static KeyValuePair<string, string>? TryOwnOption(string line)
    {
        foreach ((string header, string option) in OwnOption)
        {
            if (line.StartsWith(header, StringComparison.OrdinalIgnoreCase))
                return new(option, line[header.Length..].Trim());
        }

        return null;
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace WinMmf.FakeFfmpeg;

/// <summary>Answers as ffprobe where it is asked for entries, else writes raw frames as ffmpeg.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        bool isProbe = Array.IndexOf(arguments, "-show_entries") >= 0;
        FakeClip? clip = FakeClip.TryOpen(isProbe ? arguments[^1] : After(arguments, "-i"));
        if (clip is null)
        {
            Console.Error.WriteLine("Invalid data found when processing input");
            return 1;
        }

        return isProbe ? Probe(clip) : Decode(clip, arguments);
    }

    private static int Probe(FakeClip clip)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"streams": [{"width": {{clip.Number("width", 64)}}, "height": {{clip.Number("height", 48)}},
            "r_frame_rate": "{{clip.Number("fps", 30)}}/1", "avg_frame_rate": "{{clip.Number("fps", 30)}}/1",
            "side_data_list": [{"rotation": {{clip.Number("rotation", 0)}}}]}]}
            """));
        return 0;
    }

    private static int Decode(FakeClip clip, string[] arguments)
    {
        int stop = 0;
        if (clip.Number("deaf", 0) == 0)
        {
            Thread listener = new(() =>
            {
                // The console's stream hides that nobody reads any more, which ends the real one; so the end of input does here.
                if (Console.OpenStandardInput().ReadByte() != 'q')
                    Environment.Exit(1);
                Volatile.Write(ref stop, 1);
            })
            { IsBackground = true };
            listener.Start();
        }

        if (clip.Errors.Length > 0)
            Console.Error.WriteLine(clip.Errors);
        string[] size = After(arguments, "-vf").Replace("scale=", "", StringComparison.Ordinal).Split(':');
        byte[] frame = new byte[Bytes(int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture), After(arguments, "-pix_fmt"))];
        bool paced = Array.IndexOf(arguments, "-re") >= 0;
        bool loop = Array.IndexOf(arguments, "-stream_loop") >= 0;
        int frames = clip.Number("frames", 10);
        using Stream output = Console.OpenStandardOutput();
        for (int i = 0; (loop || i < frames) && Volatile.Read(ref stop) == 0; i++)
        {
            Array.Fill(frame, (byte)(i % frames));
            output.Write(frame);
            if (paced)
                Thread.Sleep(1000 / clip.Number("fps", 30));
        }

        output.Write(frame, 0, clip.Number("cut", 0));
        return Volatile.Read(ref stop) != 0 ? 0 : clip.Number("exit", 0);
    }

    private static int Bytes(int width, int height, string format) => format switch
    {
        "bgra" => width * height * 4,
        "gray" => width * height,
        "yuyv422" => width * height * 2,
        "nv12" or "yuv420p" => width * height * 3 / 2,
        _ => width * height * 3,
    };

    private static string After(string[] arguments, string option) => arguments[Array.IndexOf(arguments, option) + 1];
}

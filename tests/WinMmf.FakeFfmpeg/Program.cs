using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;

namespace WinMmf.FakeFfmpeg;

/// <summary>Answers as ffprobe where it is asked for entries, else writes frames as ffmpeg.</summary>
internal static class Program
{
    private const string Shimmed = "WINMMF_FAKE_SHIMMED";
    private static int _stop;

    private static int Main(string[] arguments)
    {
        if (Array.IndexOf(arguments, "-version") >= 0)
        {
            Console.WriteLine("ffmpeg version 6.0-fake");
            return 0;
        }

        if (Array.IndexOf(arguments, "-filters") >= 0)
        {
            Console.WriteLine("Filters:\n  T.. = Timeline support\n ..C scale             V->V       Scale the input video size.");
            return 0;
        }

        bool isProbe = Array.IndexOf(arguments, "-show_entries") >= 0;
        string input = isProbe ? arguments[^1] : After(arguments, "-i");
        bool isScript = Array.IndexOf(arguments, "concat") >= 0;
        if (isScript)
            input = ReadScript();
        FakeClip? clip = FakeClip.TryOpen(input);
        if (clip is null)
        {
            Console.Error.WriteLine($"{input}: Invalid data found when processing input");
            return 1;
        }

        return isProbe ? Probe(clip) : Decode(clip, arguments, isScript);
    }

    private static int Probe(FakeClip clip)
    {
        string refusal = clip.Word("refuses", "").Replace('_', ' ');
        if (refusal.Length > 0)
        {
            Console.Error.WriteLine($"[fake @ 0x5566] {refusal}");
            return 1;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"streams": [{"width": {{clip.Number("width", 64)}}, "height": {{clip.Number("height", 48)}},
            "codec_name": "{{clip.Word("codec", clip.Number("jpeg", 0) == 1 ? "mjpeg" : "rawvideo")}}",
            "r_frame_rate": "{{clip.Number("fps", 30)}}/1", "avg_frame_rate": "{{clip.Number("fps", 30)}}/1",
            "color_transfer": "{{clip.Word("transfer", "bt709")}}",
            "side_data_list": [{"rotation": {{clip.Number("rotation", 0)}}}]}]}
            """));
        return 0;
    }

    /// <summary>The file that a script for the concat demuxer names.</summary>
    private static string ReadScript()
    {
        string file = "";
        foreach (string line in Console.In.ReadToEnd().Split('\n'))
        {
            if (line.StartsWith("file '", StringComparison.Ordinal))
                file = line["file '".Length..^1].Replace("'\\''", "'", StringComparison.Ordinal);
        }

        return file;
    }

    private static int Decode(FakeClip clip, string[] arguments, bool isScript)
    {
        string? shimmed = Environment.GetEnvironmentVariable(Shimmed);
        if (clip.Number("shim", 0) == 1 && shimmed is null)
            return StartReal(clip, arguments, isScript);
        isScript |= shimmed == "script";
        File.WriteAllText(clip.Path + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        clip.TakeLine();
        if (clip.Number("deaf", 0) == 0 && !isScript)
            Begin(Listen);
        if (clip.Errors.Length > 0)
            Console.Error.WriteLine(clip.Errors);
        if (clip.Number("flood", 0) == 1)
            Begin(Flood);
        bool paced = Array.IndexOf(arguments, "-re") >= 0 || clip.Number("live", 0) == 1;
        bool loop = Array.IndexOf(arguments, "-stream_loop") >= 0;
        int frames = clip.Number("frames", 10);
        int silent = clip.Number("silent", -1);
        byte[] frame = clip.Number("jpeg", 0) == 1 ? [] : new byte[Bytes(arguments)];
        using Stream output = Console.OpenStandardOutput();
        while (clip.Number("gate", 0) == 1 && !File.Exists(clip.Path + ".go"))
            Thread.Sleep(10);
        for (int i = 0; (loop || i < frames) && Volatile.Read(ref _stop) == 0; i++)
        {
            if (i == silent)
                Thread.Sleep(Timeout.Infinite);
            if (frame.Length > 0)
                Array.Fill(frame, (byte)(i % frames));
            output.Write(frame.Length > 0 ? frame : Picture(clip, i));
            if (paced)
                Thread.Sleep(1000 / clip.Number("fps", 30));
        }

        if (Volatile.Read(ref _stop) == 0)
            output.Write(frame.Length > 0 ? frame : FakeJpeg.Make(frames, 64, 48), 0, clip.Number("cut", 0));
        return Volatile.Read(ref _stop) != 0 ? 0 : clip.Number("exit", 0);
    }

    /// <summary>As package managers' shims do: a child with our streams, and its exit code.</summary>
    private static int StartReal(FakeClip clip, string[] arguments, bool isScript)
    {
        // A script is read already.
        arguments[Array.IndexOf(arguments, "-i") + 1] = clip.Path;
        ProcessStartInfo start = new(Environment.ProcessPath!,
            Array.ConvertAll(arguments, static one => one == "concat" ? "direct" : one))
        { UseShellExecute = false };
        start.Environment[Shimmed] = isScript ? "script" : "input";
        using Process real = Process.Start(start)!;
        real.WaitForExit();
        return real.ExitCode;
    }

    private static byte[] Picture(FakeClip clip, int number)
    {
        byte[] picture = FakeJpeg.Make(number, clip.Number("width", 64), clip.Number("height", 48));
        int broken = clip.Number("broken", 0);
        if (broken > 0 && number % broken == broken - 1)
            picture = picture[..(picture.Length / 2)];
        byte[] garbage = new byte[clip.Number("garbage", 0)];
        new Random(number).NextBytes(garbage);
        for (int i = 0; i < garbage.Length; i++)
            garbage[i] &= 0x7F;
        return [.. garbage, .. picture];
    }

    private static void Begin(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();

    private static void Listen()
    {
        // The console's stream hides that nobody reads any more, which ends the real one; so the end of input does here.
        if (Console.OpenStandardInput().ReadByte() != 'q')
            Environment.Exit(1);
        Volatile.Write(ref _stop, 1);
    }

    private static void Flood()
    {
        for (long i = 0; ; i++)
            Console.Error.WriteLine($"[fake @ 0x{i:x}] error while decoding MB {i} of a picture that nobody will ever see");
    }

    private static int Bytes(string[] arguments)
    {
        string[] size = After(arguments, "-vf").Split(',')[0].Replace("scale=", "", StringComparison.Ordinal).Split(':');
        int width = int.Parse(size[0], CultureInfo.InvariantCulture);
        int height = int.Parse(size[1], CultureInfo.InvariantCulture);
        return After(arguments, "-pix_fmt") switch
        {
            "bgra" => width * height * 4,
            "gray" => width * height,
            "yuyv422" => width * height * 2,
            "nv12" or "yuv420p" => width * height * 3 / 2,
            _ => width * height * 3,
        };
    }

    private static string After(string[] arguments, string option) => arguments[Array.IndexOf(arguments, option) + 1];
}

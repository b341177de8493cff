using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using WinMmf.Management.Control;

namespace WinMmf.Management.Tests;

/// <summary>A program that behaves as a publisher may, good or bad. What it does is the name that it is to publish.</summary>
internal static class FakePublisher
{
    public const string Ready = "ready";
    public const string InUse = "in-use";
    public const string Unknown = "unknown-failure";
    public const string Garbage = "garbage";
    public const string Dies = "dies";
    public const string Hangs = "hangs";
    public const string Echo = "echo";

    /// <summary>What the tests start: this assembly, or its program where it was published (Wine has no <c>dotnet</c>).</summary>
    public static string Program { get; } = FindProgram(typeof(FakePublisher).Assembly.Location);

    public static int Main(string[] arguments)
    {
        using Stream output = Console.OpenStandardOutput();
        switch (arguments[2])
        {
            case Ready:
                // More than a pipe holds: a caller that does not drain it makes the publisher hang here.
                for (int i = 0; i < 5000; i++)
                    Console.Error.WriteLine("a line that nobody asked for, as native libraries like to write");
                Message("READY", new() { ["pid"] = "4711", ["warning.1"] = "It is slow.", ["warning.2"] = "It is dark." }).Write(output);
                return 0;
            case InUse:
                Message("FAILED ChannelInUse", new() { ["message"] = "It is taken. Choose another." }).Write(output);
                return 3;
            case Unknown:
                Message("FAILED SomethingNewer", new() { ["message"] = "A newer publisher says this." }).Write(output);
                return 3;
            case Garbage:
                Console.Out.WriteLine("Hello!");
                return 0;
            case Dies:
                // UTF-8 as publishers and ffmpeg write it, and not the console's code page.
                using (Stream errors = Console.OpenStandardError())
                    errors.Write("cannot open the camera 'K\u00fcche \u30ab\u30e1\u30e9'\n"u8);
                return 7;
            case Echo:
                using (Stream input = Console.OpenStandardInput())
                {
                    // In another form, because a message that holds the request's secrets does not pass the launcher.
                    string all = string.Join('\u241F', arguments) + '\u241E' + ControlMessage.Read(input);
                    Message("FAILED PublisherFailed", new() { ["message"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(all)) })
                        .Write(output);
                }

                return 3;
            default:
                File.WriteAllText(Path.Combine(Path.GetTempPath(), arguments[2]), Environment.ProcessId.ToString());
                Thread.Sleep(Timeout.Infinite);
                return 0;
        }
    }

    private static ControlMessage Message(string head, Dictionary<string, string> fields)
    {
        ControlMessage message = new(head);
        foreach (KeyValuePair<string, string> field in fields)
            message[field.Key] = field.Value;
        return message;
    }

    private static string FindProgram(string assembly)
    {
        string program = Path.ChangeExtension(assembly, ".exe");
        return File.Exists(program) ? program : assembly;
    }
}

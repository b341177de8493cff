using System;
using System.Globalization;
using System.IO;
using System.Threading;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace WinMmf.Attacker;

/// <summary>
/// Attacks that take more than a few system calls; attacks/attacker.c has those. Each prints a line when it has begun, then goes on for
/// SECONDS, or prints what it found and ends.
/// </summary>
internal static class Program
{
    private const string Usage = """
        swap PATH SECONDS                  the name is a file, a link, a folder, a pipe and nothing, in turn
        forge PATH NAME SECONDS            a control of random content, new every few milliseconds
        holders PATH MEMORY PID SECONDS    a companion that says process PID holds the lock of a memory
        folders UID SECONDS                folders with names that a channel of UID could choose
        serve PATH MODE SECONDS            a control socket that is silent, drips, floods or lies
        garble SOCKET COUNT                messages of random length and content to a socket: "sent=N refused=N"
        idle SOCKET COUNT SECONDS          connections that say nothing: "connected=N refused=N"
        enter FOLDER                       what can be made in a folder: "list=0 create=0 link=0 rename=0 remove=0"
        """;

    private static int Main(string[] words)
    {
        try
        {
            return (words.Length == 0 ? "" : words[0], words.Length) switch
            {
                ("swap", 3) => Names.Swap(words[1], Until(words[2])),
                ("forge", 4) => Sections.Forge(words[1], words[2], Until(words[3])),
                ("holders", 5) => Sections.ForgeHolders(words[1], words[2], Number(words[3]), Until(words[4])),
                ("folders", 3) => Names.Squat(Number(words[1]), Until(words[2])),
                ("serve", 4) => Sockets.Serve(words[1], words[2], Until(words[3])),
                ("garble", 3) => Sockets.Garble(words[1], Number(words[2])),
                ("idle", 4) => Sockets.Idle(words[1], Number(words[2]), Until(words[3])),
                ("enter", 2) => Names.Enter(words[1]),
                _ => Fail(Usage),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{words[0]}: {e.Message}");
        }
    }

    /// <summary>Tells that it has begun.</summary>
    public static void Begin()
    {
        Console.WriteLine("begun");
        Console.Out.Flush();
    }

    private static int Fail(string text)
    {
        Console.Error.WriteLine(text);
        return 2;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static CancellationToken Until(string seconds) => new CancellationTokenSource(TimeSpan.FromSeconds(Number(seconds))).Token;
}

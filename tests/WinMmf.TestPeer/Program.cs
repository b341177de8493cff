using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Time;

namespace WinMmf.TestPeer;

/// <summary>Reads commands, one a line, fields parted by tabs; answers each with one line: ok, none or error.</summary>
internal static class Program
{
    public static void Main()
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        using StreamReader input = new(Console.OpenStandardInput(), encoding);
        using StreamWriter output = new(Console.OpenStandardOutput(), encoding) { AutoFlush = true, NewLine = "\n" };
        using PeerCommands commands = new();
        output.WriteLine("ready");

        // The end of the input ends the peer too, so that none outlives its test.
        while (input.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            if (fields[0] == "at")
            {
                SpinUntil(long.Parse(fields[1], CultureInfo.InvariantCulture));
                fields = fields[2..];
            }

            if (fields[0] == "exit")
                return;
            output.WriteLine(Answer(commands, fields));
        }
    }

    private static string Answer(PeerCommands commands, string[] fields)
    {
        try
        {
            return commands.Do(fields);
        }
        catch (WinMmfException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"error\t{e.ErrorId}\t{e.NativeErrorCode}\t{e.Message}");
        }
        catch (Exception e)
        {
            return "error\t" + e.ToString().ReplaceLineEndings(" ");
        }
    }

    private static void SpinUntil(long time)
    {
        while (MonotonicClock.Now < time)
            Thread.SpinWait(20);
    }
}

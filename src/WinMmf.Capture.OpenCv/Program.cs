using System;
using System.IO;
using WinMmf.Names;

namespace WinMmf.Capture.OpenCv;

/// <summary>
/// The OpenCV process of a publisher, which starts it with the channel's name and talks to it over standard input and output.
/// </summary>
internal static class Program
{
    private const int BadCommandLine = 2;

    public static int Main(string[] args)
    {
        if (args is not ["--name", string name, "--scope", string scope] || !Enum.TryParse(scope, out NameScope parsed))
        {
            Console.Error.WriteLine(
                "The publisher starts this program. To publish by OpenCV: WinMmf.Publisher publish --backend opencv --input FILE");
            return BadCommandLine;
        }

        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        using OpenCvWorker worker = new(new SharedName(name, parsed), new OpenCvLink(input.Read, output));
        try
        {
            worker.Run();
        }
        catch (IOException)
        {
            // The publisher has gone.
        }

        return 0;
    }
}

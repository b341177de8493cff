using System;
using System.Globalization;

namespace WinMmf.Soak;

/// <summary>One program in three roles: the driver starts publishers and readers of itself.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["publish", string name] => PublisherRole.Run(name),
        ["read", string name, string mode] => ReaderRole.Run(name, Enum.Parse<ReaderMode>(mode)),
        ["drive", .. string[] options] => Driver.Run(Option(options, "--kills", 100), Option(options, "--seed", Environment.TickCount)),
        _ => Usage(),
    };

    private static int Option(string[] options, string name, int otherwise)
    {
        int index = Array.IndexOf(options, name);
        return index >= 0 && index + 1 < options.Length ? int.Parse(options[index + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: drive [--kills N] [--seed S]");
        return 2;
    }
}

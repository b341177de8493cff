using System;
using System.Globalization;
using WinMmf.Benchmarks.Roles;
using WinMmf.Benchmarks.Transports;

namespace WinMmf.Benchmarks;

/// <summary>One program in several roles: the driver starts the others of itself.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["send", string kind, string name, string length, string readers] =>
            SenderRole.Run(Enum.Parse<TransportKind>(kind), name, Number(length), Number(readers)),
        ["receive", string kind, string name, string length, string reader] =>
            ReceiverRole.Run(Enum.Parse<TransportKind>(kind), name, Number(length), Number(reader)),
        ["publish-steps", string length] => PublishStepsRole.Run(Number(length)),
        ["idle-publish", string name, string seconds] => IdleRole.Publish(name, Number(seconds)),
        ["idle-read", string name, string seconds] => IdleRole.Read(name, Number(seconds)),
        ["drive", .. string[] options] => Driver.Run(options),
        _ => Usage(),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Usage()
    {
        Console.Error.WriteLine("usage: drive [--quick] [--only PART[,PART…]] [--output FOLDER]");
        return 2;
    }
}

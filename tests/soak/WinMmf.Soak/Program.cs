using System;
using System.Globalization;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>One program in several roles: the drivers start the others of itself.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["publish", string scope, string name] => PublisherRole.Run(Name(scope, name)),
        ["read", string scope, string name, string mode] => ReaderRole.Run(Name(scope, name), Enum.Parse<ReaderMode>(mode)),
        ["locker", string name, string worker] => LockWorkerRole.Run(name, int.Parse(worker, CultureInfo.InvariantCulture)),
        ["rescuer", string name] => LockRescuerRole.Run(name),
        ["lock-reader", string name] => WriterWait.Read(name),
        ["drive", .. string[] options] when Array.IndexOf(options, "--writer-wait") >= 0 =>
            WriterWait.Run(Option(options, "--writer-wait", 200)),
        ["drive", .. string[] options] when Array.IndexOf(options, "--locks") >= 0 =>
            LockDriver.Run(Option(options, "--locks", 100), Option(options, "--seed", Environment.TickCount)),
        ["drive", .. string[] options] => Driver.Run(Option(options, "--kills", 100), Option(options, "--seed", Environment.TickCount)),
        _ => Usage(),
    };

    private static SharedName Name(string scope, string name) => new(name, Enum.Parse<NameScope>(scope));

    private static int Option(string[] options, string name, int otherwise)
    {
        int index = Array.IndexOf(options, name);
        return index >= 0 && index + 1 < options.Length ? int.Parse(options[index + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: drive [--kills N | --locks N | --writer-wait N] [--seed S]");
        return 2;
    }
}

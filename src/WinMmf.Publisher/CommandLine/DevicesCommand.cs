using System.CommandLine;
using WinMmf.Publisher.Listing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>devices</c>.</summary>
internal sealed class DevicesCommand
{
    public const string Examples = """
          devices           the cameras of this machine, and what they can give
          devices --json    the same for programs
        """;

    private readonly Terminal _terminal;
    private readonly Option<bool> _json = CommonOptions.Json();

    public DevicesCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("devices", "List the cameras of this machine. Switches none on.") { _json };
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        DeviceList.Print(_terminal);
        return ExitCode.Ok;
    }
}

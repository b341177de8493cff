using System.CommandLine;
using WinMmf.Names;
using WinMmf.Publisher.Listing;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>list</c>.</summary>
internal sealed class ListCommand
{
    public const string Examples = """
          list              what is published on this machine
          list --json       the same for programs
        """;

    private readonly Terminal _terminal;
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where to look: local or global. Default: both.");
    private readonly Option<bool> _json = CommonOptions.Json();

    public ListCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("list", "List the channels of this machine.") { _scope, _json };
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        ChannelList.Print(_terminal, line.GetValue(_scope));
        return ExitCode.Ok;
    }
}

using System;
using System.CommandLine;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;
using WinMmf.Publisher.Supervision;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>run</c>: the publishers of a configuration file.</summary>
internal sealed class RunCommand
{
    public const string Examples = """
          run --configuration cameras.json              all publishers of the file, until Ctrl+C
          run --configuration cameras.json --log run.log
          run --configuration cameras.json --check      say what is wrong with the file, and start nothing
        """;

    private readonly Terminal _terminal;
    private readonly Option<string> _configuration = new("--configuration", "-c")
    {
        Description = "The file: JSON with comments, one entry for each publisher. A change of it is applied while it runs.",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<string?> _log = new("--log", "--log-path")
    {
        Description = "Write what happens to the publishers to this file, too.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _check = new("--check") { Description = "Only look at the file." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public RunCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("run", "Run the publishers of a configuration file, one process each, and start again what fails.")
        {
            _configuration, _log, _check, _json,
        };
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        IPublisherPlatform platform = PublisherPlatform.Current;
        platform.DropInherited(close: false, null);
        using ShutdownSignal signal = new();
        string path = Path.GetFullPath(line.GetValue(_configuration)!);
        SupervisorNews news = new(_terminal, line.GetValue(_log) is string log ? new PublisherLog(log) : null);
        PublisherConfiguration configuration = Supervisor.Read(path);
        news.Faults(path, configuration.Faults);
        if (!configuration.IsValid)
            return ExitCode.Of(WinMmfErrorId.InvalidConfiguration);
        if (line.GetValue(_check))
        {
            news.Say("valid", FormattableString.Invariant($"{path} is valid: {configuration.Entries.Count} publishers"));
            return ExitCode.Ok;
        }

        using ConfigurationLock only = new(path);
        platform.MoveToNeutralFolder();
        using Supervisor supervisor = new(path, news);
        supervisor.Apply(configuration);
        supervisor.Run(signal.Token);
        return ExitCode.Ok;
    }
}

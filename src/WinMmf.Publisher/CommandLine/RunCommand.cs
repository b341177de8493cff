using System;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Publisher.Hosting;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;
using WinMmf.Publisher.Supervision;
using WinMmf.Time;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>run</c>: the publishers of a configuration file.</summary>
internal sealed class RunCommand
{
    public const string Examples = """
          run --configuration cameras.json              all publishers of the file, until Ctrl+C
          run --configuration cameras.json --log run.log
          run --configuration cameras.json --check      say what is wrong with the file, and start nothing
        """;

    private static readonly TimeSpan UsualSettle = TimeSpan.FromSeconds(10);

    private readonly Terminal _terminal;
    private readonly Option<string> _configuration = new(RunRequest.ConfigurationArgument, "-c")
    {
        Description = "The file: JSON with comments, one entry for each publisher. A change of it is applied while it runs.",
        HelpName = "FILE",
        Required = true,
    };
    private readonly RequestArguments<RunRequest> _options;
    private readonly Option<bool> _check = new("--check") { Description = "Only look at the file." };
    private readonly Option<bool> _fromInput = CommonOptions.FromInput();
    private readonly Option<bool> _json = CommonOptions.Json();

    public RunCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("run", "Run the publishers of a configuration file, one process each, and start again what fails.")
        {
            _configuration, _check, _fromInput, _json,
        };
        _options = new RequestArguments<RunRequest>(Command, RunRequest.Options, new RunRequest(""));
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        IPublisherPlatform platform = PublisherPlatform.Current;
        bool detached = line.GetValue(_fromInput);
        platform.DropInherited(close: detached, null);
        if (detached)
            platform.LeaveSession();
        using ShutdownSignal signal = new(surviveHangUp: detached);
        ParentNotice? parent = detached ? new ParentNotice(_terminal, platform) : null;
        try
        {
            RunRequest request = Read(line);
            return Run(request, line.GetValue(_check), platform, parent, signal);
        }
        catch (WinMmfException e) when (parent is not null)
        {
            parent.Tell(FailureMessage.From(e));
            return ExitCode.Of(e.ErrorId);
        }
        catch (Exception e) when (parent is not null)
        {
            // The program that started this one waits for one message, whatever happens.
            parent.Tell(
                FailureMessage.From(new WinMmfException(WinMmfErrorId.PublisherFailed, $"Unexpected: {e.GetType().Name}: {e.Message}")));
            return ExitCode.Failed;
        }
    }

    private RunRequest Read(ParseResult line)
    {
        RunRequest request = new(line.GetValue(_configuration)!);
        if (line.GetValue(_fromInput))
            request.Read(RequestInput.Read(PublisherPlatform.Current));
        else
            _options.Fill(line, request);
        request.ResolvePaths();
        request.Check();
        return request;
    }

    private int Run(RunRequest request, bool onlyCheck, IPublisherPlatform platform, ParentNotice? parent, ShutdownSignal signal)
    {
        string path = request.Configuration;
        SupervisorNews news = new(
            parent is null ? _terminal : null, request.LogPath is string log ? new PublisherLog(log) : null);
        PublisherConfiguration configuration = ConfigurationFile.ReadWithCameras(path);
        news.Faults(path, configuration.Faults);
        if (parent is not null)
            configuration.ThrowIfInvalid();
        if (!configuration.IsValid)
            return ExitCode.Of(WinMmfErrorId.InvalidConfiguration);
        if (onlyCheck)
        {
            news.Say("valid", FormattableString.Invariant($"{path} is valid: {configuration.Entries.Count} publishers"));
            return ExitCode.Ok;
        }

        using ConfigurationLock only = new(path);
        platform.MoveToNeutralFolder();
        return parent is null && SystemHost.IsPresent ? SystemHost.Run(Supervise) : Supervise(static () => { }, signal.Token);

        int Supervise(Action alive, CancellationToken end)
        {
            using Supervisor supervisor = new(path, news) { Alive = alive };
            supervisor.Apply(configuration);
            parent?.Tell(Describe(supervisor, news, request.Settle ?? UsualSettle, end));
            supervisor.Run(end);
            return ExitCode.Ok;
        }
    }

    /// <summary>How the publishers are, once all have had a frame or failed, or after a time.</summary>
    private static ControlMessage Describe(Supervisor supervisor, SupervisorNews news, TimeSpan limit, CancellationToken signal)
    {
        Deadline deadline = Deadline.After(limit);
        foreach (SupervisedPublisher publisher in supervisor.Publishers)
        {
            try
            {
                publisher.Settled.Wait(deadline.MillisecondsUpTo(int.MaxValue), signal);
            }
            catch (OperationCanceledException)
            {
                // Told to end meanwhile.
            }
        }

        ControlMessage ready = new("READY") { ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) };
        foreach (SupervisedPublisher publisher in supervisor.Publishers)
            RunAnswer.Add(ready, publisher.Entry.Request.Name, publisher.State == SupervisedState.Live, publisher.Message);
        LaunchWarnings.Add(ready, news.Warnings);
        return ready;
    }
}

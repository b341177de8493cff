using System;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Publisher.Control;
using WinMmf.Publisher.Holding;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;
using WinMmf.Publisher.Publishing;
using WinMmf.Residency;

namespace WinMmf.Publisher.CommandLine;

/// <summary><c>hold</c>: a plain memory that lives as long as this process (design N4).</summary>
internal sealed class HoldCommand
{
    public const string Examples = """
          hold settings --size 1048576                     until Ctrl+C
          hold settings --size 1048576 --scope global --read-access Users
        """;

    private readonly Terminal _terminal;
    private readonly NameArgument _name = new("Name of the memory: 1 to 200 bytes, no slashes.");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Who can see the name: local (default) or global.");
    private readonly RequestArguments<HoldRequest> _options;
    private readonly Option<bool> _detached = new("--detached")
    {
        Description = "Outlive the terminal: print one message when the memory "
        + "is there (or why not), then nothing any more."
    };
    private readonly Option<bool> _fromInput = CommonOptions.FromInput();
    private readonly Option<bool> _json = CommonOptions.Json();

    public HoldCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command("hold", "Create a plain shared memory and keep it alive.") { _name.Argument, _name.Option, _scope };
        _options = new RequestArguments<HoldRequest>(
            Command, HoldRequest.Options, new HoldRequest(new SharedName("name", NameScope.Local), 1));
        foreach (Option option in new Option[] { _detached, _fromInput, _json })
            Command.Options.Add(option);
        Command.Validators.Add(result =>
        {
            _name.Check(result);
            if (result.GetValue(_fromInput) == _options.IsAnyGiven(result))
                result.AddError($"Give --size, or {_fromInput.Name} without any option but name and scope.");
        });
        Command.SetAction(Run);
    }

    public Command Command { get; }

    private int Run(ParseResult line)
    {
        IPublisherPlatform platform = PublisherPlatform.Current;
        bool detached = line.GetValue(_detached) || line.GetValue(_fromInput);
        platform.DropInherited(close: detached, null);
        if (detached)
            platform.LeaveSession();
        ParentNotice? parent = detached ? new ParentNotice(_terminal, platform) : null;
        using ShutdownSignal signal = new(surviveHangUp: detached);
        using CancellationTokenSource stop = new();
        try
        {
            Hold(line, platform, parent, stop, signal.Token);
            return ExitCode.Ok;
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
                FailureMessage.From(new WinMmfException(WinMmfErrorId.SystemError, $"Unexpected: {e.GetType().Name}: {e.Message}")));
            return ExitCode.Failed;
        }
    }

    private HoldRequest Read(ParseResult line)
    {
        HoldRequest request = new(new SharedName(_name.Of(line), line.GetValue(_scope) ?? NameScope.Local), 0);
        if (line.GetValue(_fromInput))
            request.Read(RequestInput.Read(PublisherPlatform.Current));
        else
            _options.Fill(line, request);
        return request;
    }

    private void Hold(
        ParseResult line, IPublisherPlatform platform, ParentNotice? parent, CancellationTokenSource stop, CancellationToken signal)
    {
        HoldRequest request = Read(line);
        request.Check();
        platform.MoveToNeutralFolder();
        (SharedName name, long size) = (request.Name, request.DataSize);

        // Without its pipe only killing the process would end it, so it fails.
        using ControlPipe control = new(platform, request.Access, new HoldControl(name, size, stop));
        using NamedMemory memory = NamedMemory.Create(name, size, new NamedMemoryOptions
        {
            Access = request.Access,
            Residency = request.Resident ?? MemoryResidency.None,
            OpenKeeperPipe = control.Open,
        });
        if (parent is not null)
        {
            parent.Tell(new ControlMessage("READY")
            {
                ["name"] = name.Name,
                ["scope"] = name.Scope.ToString(),
                ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            });
        }
        else
        {
            Say("held", name, size, $"{name} is held: {size} bytes, process {Environment.ProcessId}. Ctrl+C ends it.");
        }

        WaitHandle.WaitAny([signal.WaitHandle, stop.Token.WaitHandle]);
        if (parent is null)
            Say("ended", name, size, $"{name} is let go of");
    }

    private void Say(string kind, SharedName name, long size, string text)
    {
        if (!_terminal.IsJson)
        {
            _terminal.Line(text);
            return;
        }

        _terminal.Json(json =>
        {
            json.WriteString("event", kind);
            json.WriteString("name", name.Name);
            json.WriteString("scope", name.Scope.ToString());
            json.WriteNumber("size", size);
            json.WriteNumber("pid", Environment.ProcessId);
        });
    }
}

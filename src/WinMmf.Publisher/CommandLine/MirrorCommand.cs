using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.CommandLine;

/// <summary>
/// <c>mirror</c>: what <c>publish</c> starts for a mirror that others may write (<see cref="SupervisedMirror"/>). Not for people: its
/// output is for the publisher, and it ends with its standard input.
/// </summary>
internal sealed class MirrorCommand
{
    private const string Verb = "mirror";
    private readonly Terminal _terminal;
    private readonly Argument<string> _name = new("NAME");
    private readonly Option<NameScope?> _scope = CommonOptions.Scope("Where channel and memory are.");
    private readonly Option<string> _memory = new("--memory") { Required = true };
    private readonly Option<int> _bytes = new("--bytes") { Required = true };
    private readonly Option<string[]> _access = new("--access");
    private readonly Option<long> _waitTicks = new("--wait-ticks");
    private readonly Option<long> _after = new("--after");

    public MirrorCommand(Terminal terminal)
    {
        _terminal = terminal;
        Command = new Command(Verb, "Writes the mirror of a publisher.") { _name, _scope, _memory, _bytes, _access, _waitTicks, _after };
        Command.Hidden = true;
        Command.SetAction(Run);
    }

    public Command Command { get; }

    /// <summary>The command line for one mirror.</summary>
    public static IEnumerable<string> ArgumentsFor(
        SharedName channel, string memory, int frameBytes, IReadOnlyList<string> access, TimeSpan wait, long after) =>
    [
        Verb, "--scope", channel.Scope.ToString(), "--memory", memory, "--bytes", frameBytes.ToString(CultureInfo.InvariantCulture),
        .. access.SelectMany(static account => new[] { "--access", account }),
        "--wait-ticks", wait.Ticks.ToString(CultureInfo.InvariantCulture), "--after", after.ToString(CultureInfo.InvariantCulture),
        "--", channel.Name,
    ];

    private int Run(ParseResult line)
    {
        PublisherPlatform.Current.DropInherited(close: true, null);

        // What ends the publisher from the terminal is the publisher's to decide: the last frames are still to be written.
        using ShutdownSignal signal = new();
        using CancellationTokenSource gone = new();
        _ = new ParentLink(gone.Cancel);
        NameScope scope = line.GetValue(_scope) ?? NameScope.Local;
        SharedName channel = new(line.GetValue(_name)!, scope), memory = new(line.GetValue(_memory)!, scope);
        MirrorFeed feed = new(channel, memory, line.GetValue(_bytes), line.GetValue(_access) ?? [],
            TimeSpan.FromTicks(line.GetValue(_waitTicks)), _terminal.Out);
        try
        {
            feed.Run(line.GetValue(_after), gone.Token);
            return ExitCode.Ok;
        }
        catch (WinMmfException e)
        {
            return ExitCode.Of(e.ErrorId);
        }
    }
}

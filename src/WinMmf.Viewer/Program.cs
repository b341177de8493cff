using System;
using System.CommandLine;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Viewer.Platform;

namespace WinMmf.Viewer;

/// <summary>The program's entry: prints the address with its token, and serves until a signal, or until no client has come.</summary>
internal static class Program
{
    private const int Ok = 0;
    private const int Failed = 1;
    private const int Wrong = 2;
    private const int DefaultIdleMinutes = 10;
    private const int MostIdleMinutes = 1440;

    private static Task<int> Main(string[] arguments)
    {
        Option<int> port = new("--port") { Description = "The port on 127.0.0.1; 0: any that is free (default)." };
        port.Validators.Add(result => Check(result, 0, 65_535));
        Option<int> idle = new("--idle-minutes")
        {
            Description = $"End after so many minutes without a client (default {DefaultIdleMinutes}).",
            DefaultValueFactory = _ => DefaultIdleMinutes,
        };
        idle.Validators.Add(result => Check(result, 1, MostIdleMinutes));
        Option<string?> channel = new("--channel") { Description = "The channel that the page shows at first; without it all of them." };
        Option<NameScope?> scope = new("--scope")
        {
            Description = "The channel's scope, where both have one of that name.",
            HelpName = "local|global",
        };
        Option<bool> open = new("--open")
        {
            Description = "Open the page in the browser of this desktop. Over SSH, say what to run at the other end.",
        };
        Option<bool> detached = new("--detached")
        {
            Description = "Write one message on standard output and go on when the terminal is closed. For programs that start viewers.",
            Hidden = true,
        };
        RootCommand command = new("Shows the channels of this machine in a browser. Reads only; listens on 127.0.0.1 only. Each request "
            + "needs the token of the address that is printed.")
        {
            port,
            idle,
            channel,
            scope,
            open,
            detached,
        };
        command.SetAction((line, _) => RunAsync(new ViewerSettings
        {
            Port = line.GetValue(port),
            IdleLimit = TimeSpan.FromMinutes(line.GetValue(idle)),
            Channel = line.GetValue(channel),
            Scope = line.GetValue(scope),
            Opens = line.GetValue(open),
            IsDetached = line.GetValue(detached),
        }));
        ParseResult parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count == 0 ? parsed.InvokeAsync() : Task.FromResult(Explain(parsed));
    }

    private static void Check(System.CommandLine.Parsing.OptionResult result, int least, int most)
    {
        // Without a token it is the default.
        if (result.Implicit)
            return;
        if (result.Tokens.Count != 1 || !int.TryParse(result.Tokens[0].Value, out int value) || value < least || value > most)
            result.AddError($"{result.Option.Name} is a whole number from {least} to {most}.");
    }

    private static int Explain(ParseResult parsed)
    {
        foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("See: WinMmf.Viewer --help");
        return Wrong;
    }

    private static async Task<int> RunAsync(ViewerSettings settings)
    {
        if (settings.IsDetached)
            DetachedProcess.Begin();
        try
        {
            await ViewerSession.RunAsync(settings);
            return Ok;
        }
        catch (WinMmfException e)
        {
            if (settings.IsDetached)
                await Console.Out.WriteAsync(FailureMessage.From(e).ToString());
            else
                await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}

using System;
using System.CommandLine;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Viewer.Platform;
using WinMmf.Viewer.Serving;

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
        RootCommand command = new("Shows the channels of this machine in a browser. Reads only; listens on 127.0.0.1 only. Each request "
            + "needs the token of the address that is printed.")
        {
            port,
            idle,
            channel,
        };
        command.SetAction((line, _) => ServeAsync(line.GetValue(port), TimeSpan.FromMinutes(line.GetValue(idle)), line.GetValue(channel)));
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

    private static async Task<int> ServeAsync(int port, TimeSpan idleLimit, string? channel)
    {
        if (ViewerAccount.IsSystem)
        {
            Console.Error.WriteLine("The viewer does not run as SYSTEM: start it from the account of the person who looks.");
            return Failed;
        }

        if (ViewerAccount.IsRoot)
            Console.Error.WriteLine("Warning: the viewer runs as root, so its address shows the channels of all accounts.");
        try
        {
            await using ViewerServer server = await ViewerServer.StartAsync(port, idleLimit);
            TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
            string query = channel is null ? "" : "&channel=" + Uri.EscapeDataString(channel);
            Console.Out.WriteLine($"{server.Address}?token={server.Token.Value}{query}");
            await Console.Out.FlushAsync();
            await Task.WhenAny(asked.Task, server.Idle);
            return Ok;

            void End(PosixSignalContext context)
            {
                context.Cancel = true;
                asked.TrySetResult();
            }
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"Port {port} cannot be used: {e.Message} Leave --port out to get one that is free.");
            return Failed;
        }
    }
}

using System;
using System.Runtime.CompilerServices;
using WinMmf.Errors;
using WinMmf.Publisher.CommandLine;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher;

/// <summary>The program's entry. Nothing leaves it but an exit code and one clear line: no stack trace.</summary>
internal static class Program
{
    private static int Main(string[] arguments) =>
        PublisherPlatform.MayStart(serves: arguments is ["publish" or "run" or "hold" or "demo", ..])
            ? Start(arguments)
            : HealthCommand.ExitCodeOf(arguments, ExitCode.Failed);

    /// <summary>A method of its own: what it needs is loaded when it is entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Start(string[] arguments) => Run(arguments, new Terminal());

    /// <summary>Runs one command line on a terminal and gives the exit code.</summary>
    internal static int Run(string[] arguments, Terminal terminal)
    {
        terminal.IsJson = Array.IndexOf(arguments, CommonOptions.JsonName) >= 0;
        try
        {
            return new PublisherCommandLine(terminal).Run(arguments);
        }
        catch (WinMmfException e)
        {
            terminal.Fail(e);
            return ExitCode.Of(e.ErrorId);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            terminal.Fail("Unexpected", $"{e.GetType().Name}: {e.Message} Please report this with the command that you ran.");
            return ExitCode.Failed;
        }
    }
}

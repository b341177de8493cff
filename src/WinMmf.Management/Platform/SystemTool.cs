using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using WinMmf.Errors;

namespace WinMmf.Management.Platform;

/// <summary>Runs a tool of the system, such as systemctl, to its end.</summary>
/// <param name="starter">Starts programs.</param>
/// <param name="path">The tool's full path.</param>
internal sealed class SystemTool(IProgramStarter starter, string path)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    /// <summary>The tool's full path.</summary>
    public string Path { get; } = path;

    /// <summary>Runs it; whatever its exit code is, that is the answer.</summary>
    /// <exception cref="WinMmfException">ProgramNotFound, ProgramNotTrusted, Timeout, SystemError.</exception>
    public (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        if (!File.Exists(Path))
            throw new WinMmfException(WinMmfErrorId.ProgramNotFound, $"'{Path}' does not exist on this machine.",
                new ErrorFacts { Program = System.IO.Path.GetFileName(Path), Path = Path });
        try
        {
            using StartedProgram program = starter.Start(Path, arguments, outlivesUs: false);
            program.Input.Dispose();
            Task<string> output = Read(program.Output);
            Task<string> errors = Read(program.Errors);
            if (!program.WaitForExit(Limit))
            {
                program.Kill();
                throw new WinMmfException(WinMmfErrorId.Timeout,
                    $"'{Path} {string.Join(" ", arguments)}' did not end within {Limit.TotalSeconds:0} s.");
            }

            return (program.ExitCode, output.Result.Trim(), errors.Result.Trim());
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(WinMmfErrorId.SystemError, $"'{Path}' cannot be started: {e.Message}.", e.NativeErrorCode, e);
        }
    }

    /// <summary>Runs it, and takes any exit code but 0 for a failure.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="WinMmfException">SystemError: what it said.</exception>
    public string Do(params string[] arguments)
    {
        (int code, string output, string errors) = Run(arguments);
        return code == 0
            ? output
            : throw new WinMmfException(WinMmfErrorId.SystemError,
                $"'{System.IO.Path.GetFileName(Path)} {string.Join(" ", arguments)}' failed with code {code}: "
                    + (errors.Length > 0 ? errors : output), code);
    }

    private static Task<string> Read(Stream stream) => Task.Factory.StartNew(
        () =>
        {
            using StreamReader reader = new(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        },
        TaskCreationOptions.LongRunning);
}

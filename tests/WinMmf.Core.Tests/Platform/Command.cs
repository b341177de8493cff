using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace WinMmf.Tests.Platform;

/// <summary>How other programs are started, on the current .NET and on .NET Framework.</summary>
internal static class Command
{
    /// <summary>Where the .NET is that runs programs of the tests.</summary>
    public static string DotnetRoot { get; } =
#if NETFRAMEWORK
        System.Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet";
#else
        // With the run-time of the tests, wherever it is installed.
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
#endif

    /// <summary>A program with its arguments, its standard output redirected.</summary>
    public static ProcessStartInfo Of(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new(program) { UseShellExecute = false, RedirectStandardOutput = true };
#if NETFRAMEWORK
        // Mono splits the line as a shell does.
        info.Arguments = string.Join(" ", arguments.Select(static argument => "'" + argument.Replace("'", @"'\''") + "'"));
#else
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
#endif
        info.Environment["DOTNET_ROOT"] = DotnetRoot;
        return info;
    }
}

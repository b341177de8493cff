using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace WinMmf.Soak;

/// <summary>How a child of this program is started in each place, and why one cannot be had here.</summary>
internal sealed class Places : IDisposable
{
    private const string OtherAccount = "1";
    private static readonly string[] AsOther = ["setpriv", "--reuid=" + OtherAccount, "--regid=" + OtherAccount, "--clear-groups"];

    // The child of unshare is the first process of its own numbers; it must not outlive unshare, which is what gets killed.
    private static readonly string[] InContainer = ["unshare", "--pid", "--mount", "--mount-proc", "--fork", "--kill-child=KILL"];

    private readonly string? _copy;

    public Places()
    {
        if (!OperatingSystem.IsLinux())
        {
            WhyNot = "they need Linux";
            return;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            WhyNot = "they need root";
            return;
        }

        // Often this program lies in a folder that other accounts may not pass.
        _copy = Directory.CreateTempSubdirectory("winmmf-soak-").FullName;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)));
        Succeeds("chmod", "-R", "a+rX", _copy);
        if (!Succeeds([.. AsOther, "test", "-r", Path.Combine(_copy, Assembly)]))
            WhyNot = "another account cannot be taken on here";
        else if (!Succeeds([.. InContainer, "test", "-d", "/dev/shm"]))
            WhyNot = "unshare may not make namespaces here";
    }

    /// <summary>Why there is only this place; null if all can be had.</summary>
    public string? WhyNot { get; }

    private static string Assembly => Path.GetFileName(typeof(Places).Assembly.Location);

    /// <summary>The command that runs this program with arguments, in this place.</summary>
    public static IReadOnlyList<string> Here(IEnumerable<string> arguments) => Command(null, ReaderPlace.Here, arguments);

    /// <summary>The same in any place.</summary>
    public IReadOnlyList<string> Command(ReaderPlace place, IEnumerable<string> arguments) => Command(_copy, place, arguments);

    private static List<string> Command(string? copy, ReaderPlace place, IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        List<string> command = place switch
        {
            ReaderPlace.OtherAccount => [.. AsOther, isHost ? program : Path.Combine(copy!, Path.GetFileName(program))],
            ReaderPlace.OtherContainer => [.. InContainer, program],
            _ => [program],
        };
        if (isHost)
            command.Add(place == ReaderPlace.OtherAccount ? Path.Combine(copy!, Assembly) : typeof(Places).Assembly.Location);
        command.AddRange(arguments);
        return command;
    }

    public void Dispose()
    {
        if (_copy is not null)
            Directory.Delete(_copy, recursive: true);
    }

    private static bool Succeeds(params string[] command)
    {
        try
        {
            using Process process = Process.Start(command[0], command[1..]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program here.
            return false;
        }
    }
}

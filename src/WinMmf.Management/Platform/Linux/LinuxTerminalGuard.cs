using System;
using System.ComponentModel;
using System.IO;
using System.Text;
using WinMmf.Errors;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// A shell of one megabyte that waits at the end of a pipe. A word comes: all is well. The pipe ends without one: this process was killed,
/// and the shell writes to the terminal what puts it in order.
/// </summary>
internal sealed class LinuxTerminalGuard : IDisposable
{
    private const string Shell = "/bin/sh";
    private const string Word = "done\n";

    // Ctrl+C goes to all programs of the terminal, and so to the shell.
    private const string Script = "trap '' INT QUIT HUP TERM TSTP; exec 3>/dev/tty || exit; read -r word && exit; printf %s \"$1\" >&3";

    private readonly StartedProgram _shell;

    private LinuxTerminalGuard(StartedProgram shell) => _shell = shell;

    /// <summary>Starts one; null if the system has no shell that can be trusted. Drawing does without it.</summary>
    /// <param name="programs">Starts it.</param>
    /// <param name="restore">What puts the terminal in order.</param>
    public static LinuxTerminalGuard? TryStart(IProgramStarter programs, string restore)
    {
        try
        {
            return new LinuxTerminalGuard(programs.Start(Shell, ["-c", Script, "winmmf", restore], outlivesUs: true));
        }
        catch (Exception e) when (e is WinMmfException or Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            byte[] word = Encoding.ASCII.GetBytes(Word);
            _shell.Input.Write(word, 0, word.Length);
            _shell.Input.Flush();
        }
        catch (IOException)
        {
            // It has ended: there was no terminal.
        }

        _shell.Dispose();
    }
}

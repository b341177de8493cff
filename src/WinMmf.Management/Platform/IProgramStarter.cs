using System.Collections.Generic;
using System.ComponentModel;
using WinMmf.Errors;

namespace WinMmf.Management.Platform;

/// <summary>
/// Starts programs with nothing of this process but what they need: three pipes as standard streams, the environment, and a folder that
/// is always there. A descriptor or handle that slips through keeps a lock held, a pipe open or a drive busy for as long as the program
/// runs.
/// </summary>
internal interface IProgramStarter
{
    /// <summary>The folder that programs work in.</summary>
    string NeutralFolder { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="fileName">Full path of its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="outlivesUs">True for a program that goes on when this process and its session have ended.</param>
    /// <exception cref="WinMmfException">ProgramNotTrusted: another account can change it, or the path is not a full one.</exception>
    /// <exception cref="Win32Exception">The system refused; its own code.</exception>
    StartedProgram Start(string fileName, IEnumerable<string> arguments, bool outlivesUs);
}

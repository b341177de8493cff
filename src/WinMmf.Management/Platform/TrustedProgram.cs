using System.IO;
using WinMmf.Errors;

namespace WinMmf.Management.Platform;

/// <summary>
/// What may be started: a file by its full path that only this account and administrators can change. A name without a folder, or a
/// folder that others may write, lets another account decide what runs, elevated too.
/// </summary>
internal static class TrustedProgram
{
    /// <summary>Refuses a program that another account can change.</summary>
    /// <param name="trust">The system's answer.</param>
    /// <param name="path">The program, or a file that it runs.</param>
    /// <exception cref="WinMmfException">ProgramNotTrusted.</exception>
    public static void Check(IProgramTrust trust, string path)
    {
        if (!IsFullPath(path))
            throw new WinMmfException(
                WinMmfErrorId.ProgramNotTrusted,
                $"'{path}' is no full path, so the current folder or a search path would decide what runs.",
                new ErrorFacts { Program = path });
        if (trust.FindWriter(path) is ForeignWriter writer)
            throw new WinMmfException(
                WinMmfErrorId.ProgramNotTrusted,
                $"'{path}' is not started: {writer.Account} can change "
                    + (writer.Path == path ? "it." : $"'{writer.Path}', and so what it runs."),
                new ErrorFacts { Program = path, Path = writer.Path, Account = writer.Account });
    }

    /// <summary>Refuses a program of which another account can change any file: it loads what lies beside it.</summary>
    /// <param name="trust">The system's answer.</param>
    /// <param name="path">The program.</param>
    /// <exception cref="WinMmfException">ProgramNotTrusted.</exception>
    public static void CheckWithFolder(IProgramTrust trust, string path)
    {
        Check(trust, path);
        string folder = Path.GetDirectoryName(path)!;
        foreach (string file in Directory.GetFiles(folder))
        {
            if (trust.FindWriter(file) is ForeignWriter writer)
                throw new WinMmfException(
                    WinMmfErrorId.ProgramNotTrusted,
                    $"'{path}' is not started: {writer.Account} can change '{writer.Path}' in its folder.",
                    new ErrorFacts { Program = path, Path = writer.Path, Account = writer.Account });
        }
    }

    /// <summary>True for a path that means the same whatever the current folder and drive are.</summary>
    public static bool IsFullPath(string path)
    {
        if (!Path.IsPathRooted(path))
            return false;
        if (Path.DirectorySeparatorChar == '/')
            return true;

        // '\x' is on the current drive, 'C:x' in the current folder of that drive.
        return path.Length > 2 && ((path[1] == ':' && IsSeparator(path[2])) || (IsSeparator(path[0]) && IsSeparator(path[1])));
    }

    private static bool IsSeparator(char c) => c == Path.DirectorySeparatorChar || c == Path.AltDirectorySeparatorChar;
}

using System.Runtime.InteropServices;

namespace WinMmf.Attacker;

/// <summary>What the class library does not offer.</summary>
internal static class Libc
{
    /// <summary>Makes a named pipe.</summary>
    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int MakePipe(string path, uint mode);
}

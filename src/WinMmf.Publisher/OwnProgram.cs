using System;
using System.IO;
using WinMmf.Errors;

namespace WinMmf.Publisher;

/// <summary>How this program is started once more.</summary>
internal static class OwnProgram
{
    /// <summary>Its own file, or the <c>dotnet</c> that runs it.</summary>
    /// <param name="assembly">What stands before its arguments then: its assembly; null where it has a file of its own.</param>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static string Find(out string? assembly)
    {
        string program = Environment.ProcessPath
            ?? throw new WinMmfException(WinMmfErrorId.SystemError, "This program does not know its own path.");
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        assembly = isHost ? Path.Combine(AppContext.BaseDirectory, "WinMmf.Publisher.dll") : null;
        return program;
    }
}

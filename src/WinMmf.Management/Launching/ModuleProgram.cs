using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Platform;

namespace WinMmf.Management.Launching;

/// <summary>A program that comes with the module, in a folder of its own: where it is, and how it is run.</summary>
internal sealed class ModuleProgram
{
    private ModuleProgram(string fileName, IReadOnlyList<string> firstArguments)
    {
        FileName = fileName;
        FirstArguments = firstArguments;
    }

    /// <summary>The file to start.</summary>
    public string FileName { get; }

    /// <summary>What stands before the program's own arguments: its assembly where <c>dotnet</c> runs it, else nothing.</summary>
    public IReadOnlyList<string> FirstArguments { get; }

    /// <summary>Finds a program: what its variable names, else the one beside the module.</summary>
    /// <param name="name">Its short name, which is its folder's name, too.</param>
    /// <param name="baseName">Its file without an ending.</param>
    /// <param name="variable">The environment variable that may name another.</param>
    /// <param name="configured">What the variable says; null or empty: nothing.</param>
    /// <param name="moduleDirectory">The folder of the module's assembly.</param>
    /// <param name="platform">The system.</param>
    /// <exception cref="WinMmfException">ProgramNotFound; ProgramNotTrusted: another account can change it.</exception>
    public static ModuleProgram Find(
        string name, string baseName, string variable, string? configured, string moduleDirectory, IManagementPlatform platform)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            if (!TrustedProgram.IsFullPath(configured!))
                throw new WinMmfException(
                    WinMmfErrorId.ProgramNotTrusted,
                    $"The environment variable {variable} names the {name} '{configured}', which is no full path.",
                    new ErrorFacts { Program = configured });
            return File.Exists(configured)
                ? FromFile(configured!, platform)
                : throw new WinMmfException(WinMmfErrorId.ProgramNotFound,
                    $"The environment variable {variable} names the {name} '{configured}', which does not exist.",
                    new ErrorFacts { Program = baseName, Path = configured });
        }

        string folder = Path.Combine(moduleDirectory, name);
        foreach (string file in new[] { baseName + platform.ProgramSuffix, baseName + ".dll" })
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path))
                return FromFile(path, platform);
        }

        throw new WinMmfException(WinMmfErrorId.ProgramNotFound, $"The {name} program is not in '{folder}'.",
            new ErrorFacts { Program = baseName, Path = folder });
    }

    private static ModuleProgram FromFile(string path, IManagementPlatform platform)
    {
        TrustedProgram.CheckWithFolder(platform.ProgramTrust, path);
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new ModuleProgram(DotNetProgram.Find(platform), [path])
            : new ModuleProgram(path, []);
    }
}

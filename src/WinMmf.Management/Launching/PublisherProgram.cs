using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Management.Launching;

/// <summary>Where the publisher program is, and how it is run.</summary>
internal sealed class PublisherProgram
{
    /// <summary>The environment variable that names a publisher to use instead of the module's own.</summary>
    public const string Variable = "WINMMF_PUBLISHER";

    private const string Folder = "publisher";
    private const string BaseName = "WinMmf.Publisher";

    private PublisherProgram(string fileName, IReadOnlyList<string> firstArguments)
    {
        FileName = fileName;
        FirstArguments = firstArguments;
    }

    /// <summary>The file to start.</summary>
    public string FileName { get; }

    /// <summary>What stands before the publisher's own arguments: its assembly where <c>dotnet</c> runs it, else nothing.</summary>
    public IReadOnlyList<string> FirstArguments { get; }

    /// <summary>Finds the publisher: what <see cref="Variable"/> names, else the one beside the module.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly.</param>
    /// <exception cref="WinMmfException">ProgramNotFound; ProgramNotTrusted: another account can change it.</exception>
    public static PublisherProgram Find(string moduleDirectory) =>
        Find(moduleDirectory, Environment.GetEnvironmentVariable(Variable), ManagementServices.Current);

    internal static PublisherProgram Find(string moduleDirectory, string? configured, IManagementPlatform platform)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            if (!TrustedProgram.IsFullPath(configured!))
                throw new WinMmfException(
                    WinMmfErrorId.ProgramNotTrusted,
                    $"The environment variable {Variable} names the publisher '{configured}', which is no full path.",
                    new ErrorFacts { Program = configured });
            return File.Exists(configured)
                ? FromFile(configured!, platform)
                : throw new WinMmfException(WinMmfErrorId.ProgramNotFound,
                    $"The environment variable {Variable} names the publisher '{configured}', which does not exist.",
                    new ErrorFacts { Program = BaseName, Path = configured });
        }

        string folder = Path.Combine(moduleDirectory, Folder);
        foreach (string file in new[] { BaseName + platform.ProgramSuffix, BaseName + ".dll" })
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path))
                return FromFile(path, platform);
        }

        throw new WinMmfException(WinMmfErrorId.ProgramNotFound, $"The publisher program is not in '{folder}'.",
            new ErrorFacts { Program = BaseName, Path = folder });
    }

    private static PublisherProgram FromFile(string path, IManagementPlatform platform)
    {
        TrustedProgram.CheckWithFolder(platform.ProgramTrust, path);
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new PublisherProgram(DotNetProgram.Find(platform), [path])
            : new PublisherProgram(path, []);
    }
}

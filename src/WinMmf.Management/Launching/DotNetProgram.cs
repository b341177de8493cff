using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Platform;

namespace WinMmf.Management.Launching;

/// <summary>
/// Where <c>dotnet</c> is, by its full path: as a bare name the system would look for it in the current folder and along a path that
/// need not be full.
/// </summary>
internal static class DotNetProgram
{
    private const string RootVariable = "DOTNET_ROOT";

    /// <summary>Finds it: where <c>DOTNET_ROOT</c> says, else along the PATH, else where the installers put it.</summary>
    /// <exception cref="WinMmfException">ProgramNotFound; ProgramNotTrusted: another account can change it.</exception>
    public static string Find(IManagementPlatform platform) => Find(
        platform, Environment.GetEnvironmentVariable(RootVariable), Environment.GetEnvironmentVariable("PATH"));

    internal static string Find(IManagementPlatform platform, string? root, string? searchPath)
    {
        string name = "dotnet" + platform.ProgramSuffix;
        IEnumerable<string> folders =
            new[] { root ?? "" }.Concat((searchPath ?? "").Split(Path.PathSeparator)).Concat(platform.DotNetFolders);
        string program = folders.Where(static folder => folder.Length > 0 && TrustedProgram.IsFullPath(folder))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? throw new WinMmfException(
                WinMmfErrorId.ProgramNotFound,
                $"This build is run by {name}, which is neither in {RootVariable} nor on the PATH, by a full path.",
                new ErrorFacts { Program = name });
        TrustedProgram.Check(platform.ProgramTrust, program);
        return program;
    }
}

using System;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Management.Launching;

/// <summary>Where the publisher program is.</summary>
internal static class PublisherProgram
{
    /// <summary>The environment variable that names a publisher to use instead of the module's own.</summary>
    public const string Variable = "WINMMF_PUBLISHER";

    /// <summary>Finds the publisher: what <see cref="Variable"/> names, else the one beside the module.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly.</param>
    /// <exception cref="WinMmfException">ProgramNotFound; ProgramNotTrusted: another account can change it.</exception>
    public static ModuleProgram Find(string moduleDirectory) =>
        Find(moduleDirectory, Environment.GetEnvironmentVariable(Variable), ManagementServices.Current);

    internal static ModuleProgram Find(string moduleDirectory, string? configured, IManagementPlatform platform) =>
        ModuleProgram.Find("publisher", "WinMmf.Publisher", Variable, configured, moduleDirectory, platform);
}

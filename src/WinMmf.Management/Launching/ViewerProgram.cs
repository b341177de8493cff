using System;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Management.Launching;

/// <summary>Where the viewer program is. A package may be without it.</summary>
internal static class ViewerProgram
{
    /// <summary>The environment variable that names a viewer to use instead of the module's own.</summary>
    public const string Variable = "WINMMF_VIEWER";

    /// <summary>The viewer's file without an ending, as errors name it.</summary>
    public const string BaseName = "WinMmf.Viewer";

    /// <summary>Finds the viewer: what <see cref="Variable"/> names, else the one beside the module.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly.</param>
    /// <exception cref="WinMmfException">ProgramNotFound; ProgramNotTrusted: another account can change it.</exception>
    public static ModuleProgram Find(string moduleDirectory) =>
        Find(moduleDirectory, Environment.GetEnvironmentVariable(Variable), ManagementServices.Current);

    internal static ModuleProgram Find(string moduleDirectory, string? configured, IManagementPlatform platform) =>
        ModuleProgram.Find("viewer", BaseName, Variable, configured, moduleDirectory, platform);
}

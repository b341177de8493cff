using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Capture;

/// <summary>Where the OpenCV process's program is: in the folder <c>opencv</c> beside the publisher.</summary>
/// <param name="FileName">The file to start.</param>
/// <param name="FirstArguments">Its assembly where <c>dotnet</c> runs it, else nothing.</param>
public sealed record OpenCvProgram(string FileName, IReadOnlyList<string> FirstArguments)
{
    /// <summary>The environment variable that names another one.</summary>
    public const string Variable = "WINMMF_OPENCV";

    private const string BaseName = "WinMmf.Capture.OpenCv";

    /// <summary>Finds it.</summary>
    /// <returns>The program; null if this build has none.</returns>
    /// <exception cref="WinMmfException">ProgramNotTrusted: another account can change what it runs.</exception>
    public static OpenCvProgram? TryFind()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(named))
            return File.Exists(named) ? FromFile(named) : null;
        string folder = Path.Combine(AppContext.BaseDirectory, "opencv");
        foreach (string file in new[] { BaseName + ManagementServices.Current.ProgramSuffix, BaseName + ".dll" })
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path))
                return FromFile(path);
        }

        return null;
    }

    /// <summary>True if it is there with all that it needs to run.</summary>
    /// <exception cref="WinMmfException">ProgramNotTrusted: another account can change what it runs.</exception>
    public static bool IsUsable() => IsUsable(TryFind);

    internal static bool IsUsable(Func<OpenCvProgram?> find)
    {
        try
        {
            return find() is not null;
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.ProgramNotFound)
        {
            // An assembly without the dotnet that would run it.
            return false;
        }
    }

    /// <summary>Finds it, or says that this build has none.</summary>
    /// <exception cref="WinMmfException">ProgramNotFound, ProgramNotTrusted.</exception>
    public static OpenCvProgram Find() => TryFind() ?? throw new WinMmfException(
        WinMmfErrorId.ProgramNotFound,
        $"This publisher was built without OpenCV: '{BaseName}' is not in '{Path.Combine(AppContext.BaseDirectory, "opencv")}', and the "
            + $"environment variable {Variable} names no file that exists.",
        new ErrorFacts { Program = BaseName });

    private static OpenCvProgram FromFile(string path)
    {
        IManagementPlatform platform = ManagementServices.Current;
        TrustedProgram.Check(platform.ProgramTrust, path);

        // It loads what lies beside it and below.
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*", SearchOption.AllDirectories))
            TrustedProgram.Check(platform.ProgramTrust, file);
        if (!path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return new OpenCvProgram(path, []);

        // The run-time that runs this process, where that is dotnet itself.
        string? host = Environment.ProcessPath;
        bool isDotNet = string.Equals(Path.GetFileNameWithoutExtension(host), "dotnet", StringComparison.OrdinalIgnoreCase);
        return new OpenCvProgram(isDotNet ? host! : DotNetProgram.Find(platform), [path]);
    }
}

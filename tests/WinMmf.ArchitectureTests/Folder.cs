using System;

namespace WinMmf.ArchitectureTests;

/// <summary>Folders and namespaces have the same name: WinMmf.Frames is Core/Frames, WinMmf.Management.Locks is Management/Locks.</summary>
internal static class Folder
{
    /// <summary>The folder of a namespace; null for one that is neither the core's nor the administration's.</summary>
    /// <param name="project">The project that declares it: WinMmf.Core or WinMmf.Management.</param>
    /// <param name="space">The namespace.</param>
    public static string? Of(string project, string space)
    {
        string root = RootNamespace(project);
        return space.StartsWith(root + ".", StringComparison.Ordinal)
            ? $"{ShortName(project)}/{space[(root.Length + 1)..].Replace('.', '/')}"
            : null;
    }

    /// <summary>Core for WinMmf.Core.</summary>
    public static string ShortName(string project) => project["WinMmf.".Length..];

    /// <summary>What the namespaces of a project begin with. The core, which others link to, has no part of its own in them.</summary>
    public static string RootNamespace(string project) => project == "WinMmf.Core" ? "WinMmf" : project;
}

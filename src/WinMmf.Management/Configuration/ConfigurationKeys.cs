using System.Collections.Generic;
using System.Linq;
using WinMmf.Management.Launching;

namespace WinMmf.Management.Configuration;

/// <summary>The names of a configuration file's members that are no options of a publish request, and all of an entry's.</summary>
internal static class ConfigurationKeys
{
    /// <summary>The address of the schema, for editors.</summary>
    public const string Schema = "$schema";

    /// <summary>The array of entries.</summary>
    public const string Publishers = "publishers";

    /// <summary>The channel's name.</summary>
    public const string Name = "name";

    /// <summary>The name's scope.</summary>
    public const string Scope = "scope";

    /// <summary>True: publish the test picture.</summary>
    public const string Synthetic = "synthetic";

    /// <summary>Those that an entry has besides the options of a publish request.</summary>
    public static IReadOnlyList<string> OfEntry { get; } = [Name, Scope, Synthetic];

    /// <summary>Those that name a source.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["camera", "path", Synthetic];

    /// <summary>All of an entry.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfEntry, .. PublishOptions.All.Select(static option => option.Key)];
}

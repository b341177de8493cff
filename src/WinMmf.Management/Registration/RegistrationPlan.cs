using System.Collections.Generic;

namespace WinMmf.Management.Registration;

/// <summary>What shall be registered: one program that runs the publishers of one configuration file.</summary>
internal sealed class RegistrationPlan
{
    /// <summary>The name of the file's unit, task or service, without what marks it as ours: letters, digits, - and _.</summary>
    public string Id { get; set; } = "";

    /// <summary>When it starts.</summary>
    public RegistrationTrigger Trigger { get; set; }

    /// <summary>The account that it runs as.</summary>
    public string Account { get; set; } = "";

    /// <summary>The program's file.</summary>
    public string Program { get; set; } = "";

    /// <summary>What stands before the program's own arguments: its assembly where <c>dotnet</c> runs it.</summary>
    public IReadOnlyList<string> FirstArguments { get; set; } = [];

    /// <summary>Full path of the configuration file. It holds what is secret; arguments are for every account to read.</summary>
    public string ConfigurationPath { get; set; } = "";

    /// <summary>Full path of the log; null where the system keeps one.</summary>
    public string? LogPath { get; set; }

    /// <summary>True if a source is an address, and not only devices and files of this machine.</summary>
    public bool NeedsNetwork { get; set; }

    /// <summary>True if memory shall be locked.</summary>
    public bool LocksMemory { get; set; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments => LogPath is null
        ? [.. FirstArguments, "run", "--configuration", ConfigurationPath]
        : [.. FirstArguments, "run", "--configuration", ConfigurationPath, "--log", LogPath];

    /// <summary>What people are told that it is.</summary>
    public string Description => $"WinMmf camera publishers of {ConfigurationPath}";
}

using WinMmf.Management.Configuration;

namespace WinMmf.PowerShell.Output;

/// <summary>One thing that is wrong with a configuration file, or may be.</summary>
public sealed class CameraConfigurationFinding
{
    internal CameraConfigurationFinding(string path, ConfigurationFault fault)
    {
        Path = path;
        Line = fault.Place.Line;
        Column = fault.Place.Column;
        Severity = fault.IsWarning ? "Warning" : "Error";
        Publisher = fault.Publisher;
        Message = fault.Message;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>Error, or Warning where the file can be used all the same.</summary>
    public string Severity { get; }

    /// <summary>The channel's name of the entry; nothing for what concerns none, or one without a name.</summary>
    public string? Publisher { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>File, place and message, as compilers write them.</summary>
    public override string ToString() => $"{Path}({Line},{Column}): {Message}";
}

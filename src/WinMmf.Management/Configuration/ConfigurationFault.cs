using WinMmf.Management.Json;

namespace WinMmf.Management.Configuration;

/// <summary>One thing that is wrong with a configuration file, or may be.</summary>
internal sealed class ConfigurationFault
{
    /// <summary>Makes one.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="message">What is wrong and what to do, without secrets.</param>
    /// <param name="publisher">The channel's name of the entry that it stands in; null: none.</param>
    /// <param name="isWarning">True if the file can be used all the same.</param>
    public ConfigurationFault(JsonPlace place, string message, string? publisher = null, bool isWarning = false)
    {
        Place = place;
        Message = message;
        Publisher = publisher;
        IsWarning = isWarning;
    }

    /// <summary>Where it stands.</summary>
    public JsonPlace Place { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The channel's name of the entry that it stands in; null: none.</summary>
    public string? Publisher { get; }

    /// <summary>True if the file can be used all the same.</summary>
    public bool IsWarning { get; }

    /// <summary>Place and message, as compilers write them.</summary>
    public override string ToString() => $"({Place.Line},{Place.Column}): {Message}";
}

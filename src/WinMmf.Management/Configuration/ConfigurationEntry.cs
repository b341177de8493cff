using System.Linq;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;

namespace WinMmf.Management.Configuration;

/// <summary>One publisher of a configuration file.</summary>
internal sealed class ConfigurationEntry
{
    /// <summary>Makes one.</summary>
    /// <param name="request">What it says; its paths are full.</param>
    /// <param name="place">Where it begins.</param>
    /// <param name="sourcePlace">Where its source is named.</param>
    public ConfigurationEntry(PublishRequest request, JsonPlace place, JsonPlace sourcePlace)
    {
        Request = request;
        Place = place;
        SourcePlace = sourcePlace;
    }

    /// <summary>What it says; its paths are full.</summary>
    public PublishRequest Request { get; }

    /// <summary>Where it begins.</summary>
    public JsonPlace Place { get; }

    /// <summary>Where its source is named.</summary>
    public JsonPlace SourcePlace { get; }

    /// <summary>The device that it means, as it is written; null if its source is none.</summary>
    public string? Device => Request.Camera
        ?? (Request.InputFormat is "v4l2" or "video4linux2" or "dshow" or "msmf" ? Request.Input : null);

    /// <summary>True if another entry says the same, so that a publisher that runs need not be disturbed.</summary>
    public bool IsSameAs(ConfigurationEntry other) => Says(other.Request);

    /// <summary>True if it says what a request says.</summary>
    public bool Says(PublishRequest request) => Request.ToArguments().SequenceEqual(request.ToArguments());
}

using System;

namespace WinMmf.Management.Json;

/// <summary>A text that is no JSON.</summary>
internal sealed class JsonException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public JsonException(JsonPlace place, string message)
        : base(message) => Place = place;

    /// <summary>Where.</summary>
    public JsonPlace Place { get; }
}

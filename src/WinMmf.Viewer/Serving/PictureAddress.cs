using System;
using WinMmf.Names;

namespace WinMmf.Viewer.Serving;

/// <summary>The kinds of pictures that an address can ask for.</summary>
internal enum PictureKind
{
    /// <summary>The newest frame as JPEG.</summary>
    Jpeg,

    /// <summary>The newest frame as PNG, without loss.</summary>
    Png,

    /// <summary>JPEGs without end, as <c>multipart/x-mixed-replace</c>.</summary>
    Mjpeg,
}

/// <summary>An address like <c>/cam1.jpg</c>, taken apart. Names of channels may contain dots; the last one counts.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Scope">Where it is; null: Local, then Global.</param>
/// <param name="Kind">What is asked for.</param>
internal sealed record PictureAddress(string Name, NameScope? Scope, PictureKind Kind)
{
    /// <summary>The channel in the form that tickets are for.</summary>
    public string Subject => SubjectOf(Name, Scope);

    /// <summary>A channel in the form that tickets are for. No name contains a slash.</summary>
    public static string SubjectOf(string name, NameScope? scope) => $"{scope?.ToString() ?? "any"}/{name}";

    /// <summary>The path and query of a channel's picture, without a ticket.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="ending">Such as <c>jpg</c>.</param>
    public static string Write(string name, NameScope scope, string ending) =>
        $"/{Uri.EscapeDataString(name)}.{ending}?scope={scope.ToString().ToLowerInvariant()}";

    /// <summary>Takes an address apart.</summary>
    /// <param name="path">The path, decoded, with its slash.</param>
    /// <param name="scope">The value of <c>scope</c> in the query; null or empty: not given.</param>
    /// <returns>The address; null if it is none, or the name or scope is impossible.</returns>
    public static PictureAddress? TryParse(string path, string? scope)
    {
        int dot = path.LastIndexOf('.');
        if (dot < 2 || path[0] != '/' || SharedName.FindFault(path[1..dot]) is not null)
            return null;
        PictureKind? kind = path[dot..] switch
        {
            ".jpg" => PictureKind.Jpeg,
            ".png" => PictureKind.Png,
            ".mjpeg" => PictureKind.Mjpeg,
            _ => null,
        };
        if (kind is null)
            return null;
        return scope switch
        {
            null or "" => new PictureAddress(path[1..dot], null, kind.Value),
            "local" => new PictureAddress(path[1..dot], NameScope.Local, kind.Value),
            "global" => new PictureAddress(path[1..dot], NameScope.Global, kind.Value),
            _ => null,
        };
    }
}

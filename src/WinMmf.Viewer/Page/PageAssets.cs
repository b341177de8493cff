using System;
using System.Collections.Generic;
using System.IO;

namespace WinMmf.Viewer.Page;

/// <summary>The page's files, which are parts of the program.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, (string Resource, string Type)> Known = new(StringComparer.Ordinal)
    {
        ["/"] = ("index.html", "text/html; charset=utf-8"),
        ["/viewer.css"] = ("viewer.css", "text/css; charset=utf-8"),
        ["/viewer.js"] = ("viewer.js", "text/javascript; charset=utf-8"),
    };

    /// <summary>Finds a file by its path.</summary>
    /// <param name="path">The request's path.</param>
    /// <param name="type">Its media type.</param>
    /// <returns>Its bytes; null if the page has no such file.</returns>
    public static byte[]? TryRead(string path, out string type)
    {
        type = "";
        if (!Known.TryGetValue(path, out (string Resource, string Type) file))
            return null;
        type = file.Type;
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(file.Resource)
            ?? throw new InvalidOperationException($"The program was built without {file.Resource}.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

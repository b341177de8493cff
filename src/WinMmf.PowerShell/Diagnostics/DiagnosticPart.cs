using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>One part of the diagnostic: it writes files, and may take too long.</summary>
internal sealed class DiagnosticPart
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="name">Its name for display.</param>
    /// <param name="make">Makes its files: path within the package, and content.</param>
    public DiagnosticPart(string name, Func<CancellationToken, IEnumerable<KeyValuePair<string, byte[]>>> make)
    {
        Name = name;
        Make = make;
    }

    public string Name { get; }

    public Func<CancellationToken, IEnumerable<KeyValuePair<string, byte[]>>> Make { get; }

    /// <summary>A part that is one text.</summary>
    public static DiagnosticPart FromText(string name, string file, Func<CancellationToken, string> make) =>
        new(name, token => [TextFile(file, make(token))]);

    public static KeyValuePair<string, byte[]> TextFile(string file, string text) => new(file, Utf8.GetBytes(Secrets.Hide(text)));
}

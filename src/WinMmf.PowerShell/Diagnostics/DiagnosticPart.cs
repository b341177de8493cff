using System;
using System.Collections.Generic;
using System.Threading;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>One part of the diagnostic: it writes files, and may take too long.</summary>
internal sealed class DiagnosticPart
{
    /// <param name="name">Its name for display.</param>
    /// <param name="make">Makes its files.</param>
    public DiagnosticPart(string name, Func<CancellationToken, IEnumerable<DiagnosticFile>> make)
    {
        Name = name;
        Make = make;
    }

    public string Name { get; }

    public Func<CancellationToken, IEnumerable<DiagnosticFile>> Make { get; }

    /// <summary>A part that is one text.</summary>
    public static DiagnosticPart FromText(string name, string file, Func<CancellationToken, string> make) =>
        new(name, token => [DiagnosticFile.Text(file, make(token))]);
}

using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace WinMmf.PowerShell.Output;

/// <summary>
/// What Read-SharedMemory gives as bytes: a plain byte[] with a type name of its own in front, by which the prompt shows it as
/// hexadecimal digits (module/SharedMemoryData.Format.ps1xml).
/// </summary>
public static class SharedMemoryBytes
{
    private const int LinesShown = 32;
    private static readonly ConditionalWeakTable<byte[], object> Offsets = new();

    /// <summary>The first lines, for display; getter of the hidden property HexView (module/WinMmf.Types.ps1xml).</summary>
    /// <param name="bytes">A byte[].</param>
    public static string HexView(PSObject bytes)
    {
        if (bytes?.BaseObject is not byte[] array)
            return "";
        long offset = Offsets.TryGetValue(array, out object known) ? (long)known : 0;
        List<string> lines = [];
        foreach (SharedMemoryHexLine line in SharedMemoryHexLine.Of("", offset, array))
        {
            if (lines.Count == LinesShown)
            {
                int more = array.Length - (LinesShown * SharedMemoryHexLine.Most);
                lines.Add($"... {more} more bytes; -Offset and -Count choose others, -AsHex shows all");
                break;
            }

            lines.Add(line.ToString());
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>Wraps bytes for the pipeline.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where in the data they begin.</param>
    internal static PSObject Of(byte[] bytes, long offset)
    {
        Offsets.Add(bytes, offset);
        PSObject wrapped = PSObject.AsPSObject(bytes);
        wrapped.TypeNames.Insert(0, typeof(SharedMemoryBytes).FullName);
        return wrapped;
    }
}

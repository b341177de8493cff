using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace WinMmf.ArchitectureTests;

/// <summary>What docs/protocol.md and docs/design.md number: sections, paragraphs, steps, rules.</summary>
internal sealed partial class Headings
{
    private readonly Dictionary<string, string> _texts = new();

    private Headings()
    {
    }

    /// <summary>Reads sections ("## 8. …", "### 8.1 …") and paragraphs ("5.3 …") of the protocol.</summary>
    public static Headings OfProtocol(string text)
    {
        Headings headings = new();
        List<string> open = [];
        foreach (string line in text.Split('\n'))
        {
            if (Numbered().Match(line) is { Success: true } match)
            {
                string number = match.Groups["n"].Value;
                open.RemoveAll(outer => !number.StartsWith(outer + ".", System.StringComparison.Ordinal));
                open.Add(number);
            }
            else if (line.StartsWith('#') && !line.StartsWith("####", System.StringComparison.Ordinal))
            {
                open.RemoveAll(outer => outer.Contains('.', System.StringComparison.Ordinal));
            }

            foreach (string number in open)
                headings._texts[number] = headings._texts.GetValueOrDefault(number, "") + line + "\n";
        }

        return headings;
    }

    /// <summary>Reads the rules ("### N7 …") of the design.</summary>
    public static Headings OfDesign(string text)
    {
        Headings headings = new();
        foreach (Match match in Rule().Matches(text))
            headings._texts.Add(match.Groups[1].Value, match.Value);
        return headings;
    }

    public IEnumerable<string> Numbers => _texts.Keys;

    public bool Has(string number) => _texts.ContainsKey(number);

    /// <summary>True if a section has a step: "3. …" for 3, "(c)" for c.</summary>
    public bool HasStep(string number, string step) => _texts.TryGetValue(number, out string? text)
        && (char.IsAsciiDigit(step[0])
            ? text.Split('\n').Any(line => line.StartsWith(step + ". ", System.StringComparison.Ordinal))
            : text.Contains($"({step})", System.StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:#{2,3} (?<n>\d+(?:\.\d+)?)\.? |(?<n>\d+\.\d+) )(?=\S)")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^### ([A-Z]\d+) ", RegexOptions.Multiline)]
    private static partial Regex Rule();
}

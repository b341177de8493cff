using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>What a help page in docs/en-US says, by its headings.</summary>
internal sealed class HelpPage
{
    private readonly Dictionary<string, string> _sections;

    public HelpPage(string cmdlet)
    {
        Text = Repository.Read("docs", "en-US", $"{cmdlet}.md");
        _sections = Split(Text, "## ").ToDictionary(section => section.Title, section => section.Body);
    }

    public string Text { get; }

    public string Synopsis => Normalise(_sections["SYNOPSIS"]);

    public string Description => Normalise(_sections["DESCRIPTION"]);

    public string Notes => Normalise(_sections["NOTES"]);

    /// <summary>Each example's code, and what comes after the code.</summary>
    public IReadOnlyList<(string Title, string Code, string After)> Examples =>
    [
        .. Split(_sections["EXAMPLES"], "### ").Select(example =>
        {
            Match code = Regex.Match(example.Body, @"\A\s*```powershell\n(.*?)\n```(.*)\z", RegexOptions.Singleline);
            return (example.Title, code.Groups[1].Value, code.Groups[2].Value);
        }),
    ];

    /// <summary>Each parameter's text and its default value.</summary>
    public IReadOnlyDictionary<string, (string Text, string Default)> Parameters => Split(_sections["PARAMETERS"], "### -").ToDictionary(
        parameter => parameter.Title,
        parameter =>
            (Normalise(parameter.Body[..parameter.Body.IndexOf("```yaml", System.StringComparison.Ordinal)]),
            Regex.Match(parameter.Body, @"(?m)^DefaultValue: '?(.*?)'?$").Groups[1].Value));

    /// <summary>The same text without regard to line breaks.</summary>
    public static string Normalise(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    private static IEnumerable<(string Title, string Body)> Split(string text, string heading)
    {
        // Headings in code blocks do not occur in these pages.
        string[] parts = Regex.Split("\n" + text, "\n" + Regex.Escape(heading));
        return parts.Skip(1).Select(part =>
        {
            int end = part.IndexOf('\n');
            string body = part[(end + 1)..];
            Match next = Regex.Match(body, @"(?m)^### CommonParameters");
            return (part[..end].Trim(), next.Success && heading != "## " ? body[..next.Index] : body);
        });
    }
}

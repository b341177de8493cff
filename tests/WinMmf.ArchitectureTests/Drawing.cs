using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace WinMmf.ArchitectureTests;

/// <summary>
/// What docs/architecture.md draws: which project refers to which, and which folder may use which. The only place where that is said.
/// </summary>
internal sealed partial class Drawing
{
    private Drawing(IReadOnlyDictionary<string, IReadOnlyList<string>> projects, IReadOnlyList<Row> rows)
    {
        Projects = projects;
        Rows = rows;
    }

    /// <summary>The projects with those that they refer to.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Projects { get; }

    /// <summary>The folders, lowest first.</summary>
    public IReadOnlyList<Row> Rows { get; }

    public static Drawing Read() => Parse(File.ReadAllText(Repository.FullPath("docs", "architecture.md")));

    /// <summary>Reads the arrows "A --> B" of the mermaid drawing, and the tables under "### Core" and "### Management".</summary>
    public static Drawing Parse(string text)
    {
        Dictionary<string, IReadOnlyList<string>> projects = new();
        List<Row> rows = new();
        string project = "";
        bool isGroundFloor = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (ProjectArrow().Match(line) is { Success: true } arrow)
            {
                projects[arrow.Groups[1].Value] = [.. projects.GetValueOrDefault(arrow.Groups[1].Value, []), arrow.Groups[2].Value];
                projects.TryAdd(arrow.Groups[2].Value, []);
            }
            else if (line.StartsWith('#'))
            {
                project = line.StartsWith("### ", StringComparison.Ordinal) ? line[4..].Trim().Split(':')[0] : "";
                isGroundFloor = line.Contains("ground floor", StringComparison.Ordinal);
            }
            else if (project.Length > 0 && line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = line.Split('|');
                foreach (string folder in Names(cells[1]))
                    rows.Add(new Row($"{project}/{folder}", isGroundFloor,
                        [.. Names(cells[2]).Select(name => IsWhole(name) ? name : $"{project}/{name}")]));
            }
        }

        return new Drawing(projects, rows);
    }

    /// <summary>True if the tables allow it.</summary>
    public bool Allows(Arrow arrow) =>
        Rows.FirstOrDefault(row => row.Folder == arrow.From) is Row from
        && (from.MayUse.Contains(arrow.To) || (!from.IsGroundFloor && Rows.Any(row => row.Folder == arrow.To && row.IsGroundFloor)));

    private static bool IsWhole(string name) =>
        name.StartsWith("Core/", StringComparison.Ordinal) || name.StartsWith("Management/", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string cell) => Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*([\w.]+) --> ([\w.]+)\s*$")]
    private static partial Regex ProjectArrow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    /// <summary>One folder.</summary>
    /// <param name="Folder">Such as Core/Frames.</param>
    /// <param name="IsGroundFloor">Every folder above the ground floor may use it.</param>
    /// <param name="MayUse">What it may use besides the ground floor; on the ground floor: all that it may use.</param>
    internal sealed record Row(string Folder, bool IsGroundFloor, IReadOnlyList<string> MayUse);
}

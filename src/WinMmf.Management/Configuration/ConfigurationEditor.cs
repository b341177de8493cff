using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WinMmf.Errors;
using WinMmf.Management.Json;
using WinMmf.Management.Launching;

namespace WinMmf.Management.Configuration;

/// <summary>Changes one entry of a configuration file's text, and nothing else of it: comments and order are a person's work.</summary>
internal static class ConfigurationEditor
{
    private const string Indent = "    ";

    /// <summary>A file's text with an entry for a request, in place of the one of the same name if there is one.</summary>
    /// <param name="text">The text of a valid file.</param>
    /// <param name="configuration">What it says.</param>
    /// <param name="request">What the entry shall say.</param>
    /// <exception cref="WinMmfException">InvalidConfiguration: the text is not what was read.</exception>
    public static string Set(string text, PublisherConfiguration configuration, PublishRequest request)
    {
        string entry = $"{{\n{Indent}  {string.Join($",\n{Indent}  ", ConfigurationWriter.Members(request))}\n{Indent}}}";
        if (text.Contains("\r\n"))
            entry = entry.Replace("\n", "\r\n");
        ConfigurationEntry? old = configuration.Entries.FirstOrDefault(other => other.Request.Name == request.Name);
        if (old is not null)
        {
            (int begin, int end) = SpanOf(text, old, configuration.Path);
            return text.Substring(0, begin) + entry + text.Substring(end);
        }

        string line = text.Contains("\r\n") ? "\r\n" : "\n";
        if (configuration.Entries.Count > 0)
        {
            (_, int end) = SpanOf(text, configuration.Entries[configuration.Entries.Count - 1], configuration.Path);
            return text.Insert(end, "," + line + Indent + entry);
        }

        JsonValue? list = JsonReader.Read(text).Members.FirstOrDefault(static member => member.Key == ConfigurationKeys.Publishers)?.Value;
        int at = list is null ? -1 : OffsetOf(text, list.Place);
        return at >= 0 && text[at] == '['
            ? text.Insert(at + 1, line + Indent + entry + line + "  ")
            : throw Changed(configuration.Path);
    }

    /// <summary>A file's text without an entry.</summary>
    /// <param name="text">The text of a valid file.</param>
    /// <param name="configuration">What it says.</param>
    /// <param name="entry">One of its entries.</param>
    /// <exception cref="WinMmfException">InvalidConfiguration: the text is not what was read.</exception>
    public static string Remove(string text, PublisherConfiguration configuration, ConfigurationEntry entry)
    {
        (int begin, int end) = SpanOf(text, entry, configuration.Path);

        // The comma behind it goes too; one in front may stay behind the last entry.
        int next = SkipBlanks(text, end);
        string rest = next < text.Length && text[next] == ','
            ? text.Substring(end, next - end) + text.Substring(next + 1)
            : text.Substring(end);
        if (begin == 0 || text[begin - 1] != ',')
            return text.Substring(0, begin).TrimEnd(' ', '\t') + rest.TrimStart(' ', '\t');
        return text.Substring(0, begin) + rest;
    }

    private static (int Begin, int End) SpanOf(string text, ConfigurationEntry entry, string path)
    {
        int begin = OffsetOf(text, entry.Place);
        if (begin < 0 || text[begin] != '{')
            throw Changed(path);
        int depth = 0;
        for (int i = begin; i < text.Length; i = Next(text, i))
        {
            if (text[i] is '{' or '[')
                depth++;
            else if (text[i] is '}' or ']' && --depth == 0)
                return (begin, i + 1);
        }

        throw Changed(path);
    }

    /// <summary>The next character that is not within a string or a comment.</summary>
    private static int Next(string text, int at)
    {
        if (text[at] == '"')
        {
            for (at++; at < text.Length && text[at] != '"'; at++)
            {
                if (text[at] == '\\')
                    at++;
            }

            return at + 1;
        }

        return Math.Max(at + 1, SkipComment(text, at + 1));
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length)
        {
            int behind = SkipComment(text, at);
            if (behind == at && !char.IsWhiteSpace(text[at]))
                return at;
            at = behind == at ? at + 1 : behind;
        }

        return at;
    }

    /// <summary>The place behind a comment that begins here; the place itself if none does.</summary>
    private static int SkipComment(string text, int at)
    {
        while (at + 1 < text.Length && text[at] == '/')
        {
            string end = text[at + 1] == '*' ? "*/" : "\n";
            int found = text[at + 1] is '*' or '/' ? text.IndexOf(end, at + 2, StringComparison.Ordinal) : -1;
            if (found < 0)
                return text[at + 1] is '*' or '/' ? text.Length : at;
            at = found + end.Length;
        }

        return at;
    }

    private static int OffsetOf(string text, JsonPlace place)
    {
        int at = 0;
        for (int line = 1; line < place.Line; line++)
        {
            at = text.IndexOf('\n', at) + 1;
            if (at == 0)
                return -1;
        }

        at += place.Column - 1;
        return at < text.Length ? at : -1;
    }

    private static WinMmfException Changed(string path) => new(
        WinMmfErrorId.InvalidConfiguration,
        $"'{path}' is laid out in a way that cannot be changed by parameters. Edit the file itself.",
        new ErrorFacts { Path = path });
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace WinMmf.FakeFfmpeg;

/// <summary>
/// A "video": a text file of one line, such as <c>FAKE width=64 height=48 fps=30 frames=10 exit=3</c>. Further words: rotation
/// (degrees), cut (bytes of one more frame before the end), stderr (a word to print), deaf (1: ignores q).
/// </summary>
internal sealed class FakeClip
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    private FakeClip(string line)
    {
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Split('=', 2);
            _words[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }
    }

    public string Errors => _words.GetValueOrDefault("stderr", "");

    /// <summary>Null if the file is none of these.</summary>
    public static FakeClip? TryOpen(string input)
    {
        const string Protocol = "file:";
        string text = File.ReadAllText(input.StartsWith(Protocol, StringComparison.Ordinal) ? input[Protocol.Length..] : input);
        return text.StartsWith("FAKE ", StringComparison.Ordinal) ? new FakeClip(text.Trim()) : null;
    }

    public int Number(string word, int otherwise) =>
        _words.TryGetValue(word, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace WinMmf.FakeFfmpeg;

/// <summary>
/// A "video": a text file of a line, such as <c>FAKE width=64 height=48 fps=30 frames=10 exit=3</c>. Further words: rotation (degrees),
/// codec, cut (bytes of one more frame before the end), stderr (a word to print), flood (1: prints without end), deaf (1: ignores q and the
/// end of input), silent (after so many frames it lives on and writes nothing), jpeg (1: JPEG pictures), garbage (bytes before each
/// picture), shim (1: another process of it does the work), broken (every so many pictures one is cut in the middle), gate (1: the first
/// frame waits until there is a file with .go at the end of its name), refuses (what is said when it is looked at, with _ for blanks),
/// transfer (of its colours). A second line is for the second start, and so on. Its process id is written beside it.
/// </summary>
internal sealed class FakeClip
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    private FakeClip(string path, string line)
    {
        Path = path;
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Split('=', 2);
            _words[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }
    }

    public string Path { get; }

    public string Errors => _words.GetValueOrDefault("stderr", "");

    /// <summary>Null if the file is none of these.</summary>
    public static FakeClip? TryOpen(string input)
    {
        string path = input;
        foreach (string protocol in new[] { "file:", "fake://user:secret@" })
        {
            if (input.StartsWith(protocol, StringComparison.Ordinal))
                path = input[protocol.Length..];
        }

        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        return text.StartsWith("FAKE ", StringComparison.Ordinal) ? new FakeClip(path, text.Split('\n')[0].Trim()) : null;
    }

    /// <summary>Leaves the next line, if there is one, to the next start.</summary>
    public void TakeLine()
    {
        string[] lines = File.ReadAllText(Path).Split('\n', 2);
        if (lines.Length > 1)
            File.WriteAllText(Path, lines[1]);
    }

    public string Word(string word, string otherwise) => _words.GetValueOrDefault(word, otherwise);

    public int Number(string word, int otherwise) =>
        _words.TryGetValue(word, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

using System;
using System.Globalization;
using WinMmf.Errors;

namespace WinMmf.Capture;

/// <summary>One line from a mirror's process to the publisher: a letter, a blank, and a text without line breaks.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Text">The rest.</param>
internal sealed record MirrorMessage(char Kind, string Text)
{
    public const char Ready = 'R';
    public const char Failed = 'E';
    public const char Warning = 'W';
    public const char Counts = 'C';

    /// <summary>Reads a line; null at the end of the output, and for what is none.</summary>
    public static MirrorMessage? Parse(string? line) =>
        line is { Length: > 0 } ? new MirrorMessage(line[0], line.Length > 2 ? line[2..] : "") : null;

    public static MirrorMessage Of(MirrorCounts counts) =>
        new(Counts, string.Create(CultureInfo.InvariantCulture, $"{counts.Written} {counts.Waited} {counts.LastNumber}"));

    public static MirrorMessage Of(WinMmfException failure) => new(Failed, $"{failure.ErrorId} {failure.Message}");

    public MirrorCounts ToCounts()
    {
        string[] words = Text.Split(' ');
        return words.Length == 3
            && Number(words[0], out long written) && Number(words[1], out long waited) && Number(words[2], out long last)
            ? new MirrorCounts(written, waited, last)
            : new MirrorCounts(0, 0, 0);
    }

    public WinMmfException ToException()
    {
        string[] words = Text.Split(' ', 2);
        return words.Length == 2 && Enum.TryParse(words[0], out WinMmfErrorId id)
            ? new WinMmfException(id, words[1])
            : new WinMmfException(WinMmfErrorId.PublisherFailed, Text);
    }

    public override string ToString() => $"{Kind} {Text.ReplaceLineEndings(" ")}";

    private static bool Number(string word, out long number) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

namespace WinMmf.Platform;

/// <summary>
/// A reader's row as the publisher sees it. Only the thread that publishes uses <see cref="Honoured"/> and <see cref="VainWakes"/>.
/// </summary>
internal sealed unsafe class PublisherRow
{
    public PublisherRow(int number, byte* line)
    {
        Number = number;
        Line = line;
    }

    /// <summary>1 to 63.</summary>
    public int Number { get; }

    /// <summary>The 64 bytes that the reader writes: <see cref="Layouts.RowLayout"/>. Any byte is possible at any time.</summary>
    public byte* Line { get; }

    /// <summary>The slot that is held for this row; −1: none.</summary>
    public int Honoured { get; set; } = -1;

    /// <summary>Consecutive wakes that woke no reader although this row said that it sleeps.</summary>
    public int VainWakes { get; set; }
}

namespace WinMmf.Layouts;

/// <summary>Offsets of the registry section: <c>docs/protocol.md</c> 7.15.</summary>
internal static class RegistryLayout
{
    public const int Size = 8192;
    private const int FirstRow = 0x1000;

    /// <summary>Offset of a row, 1 to <see cref="RowLayout.Most"/>; row 0 is not used.</summary>
    public static int Row(int row) => FirstRow + (row * RowLayout.Size);
}

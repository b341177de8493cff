namespace WinMmf.Memory;

/// <summary>Offsets of a plain memory's companion section: <c>docs/protocol.md</c> section 8.</summary>
internal static class HoldersLayout
{
    public const uint Magic = 0xFF48_4D57;
    public const int Size = 8192;
    public const int RowCount = 64;

    public const int MagicOffset = 0x00;
    public const int VersionOffset = 0x04;
    public const int RowsOffset = 0x08;
    public const int RecoveryOffset = 0x0C;
    public const int DataSizeOffset = 0x10;
    public const int CreatorOffset = 0x18;
    public const int CreatedAtOffset = 0x30;
    public const int AccountOffset = 0x38;
    public const int AccountBytes = 64;
}

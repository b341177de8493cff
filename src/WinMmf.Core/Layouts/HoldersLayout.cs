namespace WinMmf.Layouts;

/// <summary>Offsets of a plain memory's companion section: <c>docs/protocol.md</c> section 8.2.</summary>
internal static class HoldersLayout
{
    public const uint Magic = 0xFF48_4D57;
    public const int Size = 8192;

    /// <summary>Rows, that of the rescuer included.</summary>
    public const int RowCount = 64;

    public const int MagicOffset = 0x00;
    public const int VersionOffset = 0x04;
    public const int RowsOffset = 0x08;
    public const int SuspectOffset = 0x0C;
    public const int DataSizeOffset = 0x10;
    public const int CreatorOffset = 0x18;
    public const int CreatedAtOffset = 0x30;
    public const int AccountOffset = 0x38;
    public const int AccountBytes = 64;
    public const int SuspectSinceOffset = 0x78;
    public const int SuspectWriterOffset = 0x80;

    public const int LockedBytesOffset = 0x98;
    public const int LargePageBytesOffset = 0xA0;

    public const int FirstRowOffset = 0x200;
    public const int RowSize = 112;

    /// <summary>Behind the rows.</summary>
    public const int KeeperOffset = FirstRowOffset + (RowCount * RowSize);
    public const int KeeperBytes = 128;

    /// <summary>Row of the rescuer; its claim is the recovery word.</summary>
    public const int RescuerRow = 0;

    /// <summary>Offset of a row.</summary>
    public static int Row(int row) => FirstRowOffset + (row * RowSize);
}

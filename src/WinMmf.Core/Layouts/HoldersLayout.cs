namespace WinMmf.Layouts;

/// <summary>Offsets of a plain memory's companion section (protocol 8.2).</summary>
internal static class HoldersLayout
{
    public const int Size = 8192;

    /// <summary>Rows, that of the rescuer included.</summary>
    public const int RowCount = 64;

    public const int RowsOffset = 0x100;
    public const int SuspectOffset = 0x104;
    public const int DataSizeOffset = 0x108;
    public const int CreatorOffset = 0x110;
    public const int CreatedAtOffset = 0x128;
    public const int AccountOffset = 0x130;
    public const int AccountBytes = 64;
    public const int SuspectSinceOffset = 0x170;
    public const int SuspectWriterOffset = 0x178;
    public const int LockedBytesOffset = 0x190;
    public const int LargePageBytesOffset = 0x198;

    /// <summary>Linux: inode number of the memory itself.</summary>
    public const int InodeOffset = 0x1A0;

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

namespace WinMmf.Layouts;

/// <summary>Offsets of the door's message: <c>docs/protocol.md</c> 7.8.</summary>
internal static class DoorLayout
{
    public const int Size = 64;

    /// <summary>"DOOR".</summary>
    public const uint Kind = 0x524F_4F44;

    public const int MagicOffset = 0x00;
    public const int KindOffset = 0x04;
    public const int VersionOffset = 0x08;
    public const int SizeOffset = 0x0C;
    public const int StatusOffset = 0x10;
    public const int RowOffset = 0x14;
    public const int EpochOffset = 0x18;
    public const int RowBytesOffset = 0x1C;

    /// <summary>Bytes of a row's memory: one page.</summary>
    public const int RowBytes = 4096;
}

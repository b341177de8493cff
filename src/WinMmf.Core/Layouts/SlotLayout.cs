namespace WinMmf.Layouts;

/// <summary>Offsets within a slot's descriptor: <c>docs/protocol.md</c> section 3.</summary>
internal static class SlotLayout
{
    public const int Sequence = 0x00;
    public const int Generation = 0x04;
    public const int FrameNumber = 0x08;
    public const int CapturedAt = 0x10;
    public const int PublishedAt = 0x18;
    public const int Width = 0x20;
    public const int Height = 0x24;
    public const int Stride = 0x28;
    public const int Format = 0x2C;
    public const int PayloadLength = 0x30;
    public const int Flags = 0x34;
    public const int Epoch = 0x38;
}

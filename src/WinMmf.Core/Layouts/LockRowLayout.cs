namespace WinMmf.Layouts;

/// <summary>Offsets within a row of the companion (protocol 8.2).</summary>
internal static class LockRowLayout
{
    public const int Claim = 0x00;
    public const int State = 0x08;
    public const int Mode = 0x0C;
    public const int Token = 0x10;
    public const int StartTime = 0x18;
    public const int Host = 0x20;
    public const int Thread = 0x28;
    public const int Ticket = 0x30;
    public const int Since = 0x38;
    public const int Account = 0x40;
    public const int AccountBytes = 16;
    public const int Label = 0x50;
    public const int LabelBytes = 32;
}

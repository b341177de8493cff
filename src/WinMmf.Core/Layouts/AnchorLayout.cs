namespace WinMmf.Layouts;

/// <summary>Offsets of the anchor with which every section begins, frozen for all versions: <c>docs/protocol.md</c> section 2.</summary>
internal static class AnchorLayout
{
    public const int Size = 256;

    /// <summary>"WMF" and a byte that tells winmmf's programs to keep out.</summary>
    public const uint Magic = 0xFF46_4D57;

    public const int MagicOffset = 0x00;
    public const int KindOffset = 0x04;
    public const int VersionOffset = 0x08;
    public const int SizeOffset = 0x0C;
    public const int AnchorSizeOffset = 0x10;
    public const int ScopeOffset = 0x14;
    public const int NameLengthOffset = 0x18;
    public const int FolderUserOffset = 0x1C;
    public const int Name = 0x20;
    public const int NameBytes = 208;
    public const int Tie = 0xF0;
    public const int TieBytes = 16;

    public const uint LocalScope = 1;
    public const uint GlobalScope = 2;
}

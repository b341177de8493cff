namespace WinMmf.Layouts;

/// <summary>Offsets of the owner file or section behind its anchor: <c>docs/protocol.md</c> 10.3.</summary>
internal static class OwnerLayout
{
    public const int Size = 512;

    /// <summary>The kind of what the folder belongs to.</summary>
    public const int OwnedKindOffset = 0x100;
    public const int CreatorOffset = 0x108;
}

namespace WinMmf.Layouts;

/// <summary>Offsets of the owner file or section behind its anchor: <c>docs/protocol.md</c> 10.3.</summary>
internal static class OwnerLayout
{
    public const int Size = 512;

    /// <summary>The kind of what the folder belongs to.</summary>
    public const int OwnedKindOffset = 0x100;

    /// <summary>
    /// 1 if the file was made in the place of one that was removed: what names the folder is to be removed, never taken over.
    /// </summary>
    public const int MadeAnewOffset = 0x104;

    public const int CreatorOffset = 0x108;
}

using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Layouts;

/// <summary>The content of an owner file or section: <c>docs/protocol.md</c> 10.3.</summary>
internal static unsafe class OwnerRecord
{
    /// <summary>Fills <see cref="OwnerLayout.Size"/> bytes of zeros.</summary>
    public static void Write(byte* destination, SectionKind owned, SharedName name, FolderTie tie, ProcessIdentity creator)
    {
        *(uint*)(destination + OwnerLayout.OwnedKindOffset) = (uint)owned;
        SharedIdentity.Write(destination + OwnerLayout.CreatorOffset, creator);
        SectionAnchor.Write(destination, SectionKind.Owner, OwnerLayout.Size, name, tie);
    }
}

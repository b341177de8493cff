using WinMmf.Names;
using WinMmf.Processes;

namespace WinMmf.Layouts;

/// <summary>The content of an owner file or section: <c>docs/protocol.md</c> 10.3.</summary>
internal static unsafe class OwnerRecord
{
    /// <summary>Fills <see cref="OwnerLayout.Size"/> bytes of zeros.</summary>
    public static void Write(
        byte* destination, SectionKind owned, SharedName name, FolderTie tie, ProcessIdentity creator, bool madeAnew = false)
    {
        *(uint*)(destination + OwnerLayout.OwnedKindOffset) = (uint)owned;
        *(uint*)(destination + OwnerLayout.MadeAnewOffset) = madeAnew ? 1u : 0u;
        SharedIdentity.Write(destination + OwnerLayout.CreatorOffset, creator);
        SectionAnchor.Write(destination, SectionKind.Owner, OwnerLayout.Size, name, tie);
    }
}

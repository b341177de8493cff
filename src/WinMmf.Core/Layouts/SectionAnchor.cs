using System;
using System.Text;
using System.Threading;
using WinMmf.Names;

namespace WinMmf.Layouts;

/// <summary>What a section says of itself in its first 256 bytes: kind, version, scope, name (<c>docs/protocol.md</c> section 2).</summary>
internal readonly unsafe struct SectionAnchor
{
    private SectionAnchor(byte* copy)
    {
        Kind = (SectionKind)(*(uint*)(copy + AnchorLayout.KindOffset));
        Version = *(uint*)(copy + AnchorLayout.VersionOffset);
        StructureSize = *(uint*)(copy + AnchorLayout.SizeOffset);
        AnchorSize = *(uint*)(copy + AnchorLayout.AnchorSizeOffset);
        Scope = *(uint*)(copy + AnchorLayout.ScopeOffset);
        uint length = *(uint*)(copy + AnchorLayout.NameLengthOffset);
        Name = length is 0 or > SharedName.MaxBytes ? "" : Encoding.UTF8.GetString(copy + AnchorLayout.Name, (int)length);
        Tie = new FolderTie(
            *(uint*)(copy + AnchorLayout.FolderUserOffset),
            copy[AnchorLayout.Tie] == 0 ? "" : Encoding.ASCII.GetString(copy + AnchorLayout.Tie, AnchorLayout.TieBytes));
    }

    public SectionKind Kind { get; }

    /// <summary>Major version above, minor below.</summary>
    public uint Version { get; }

    /// <summary>Bytes of the object's own structure.</summary>
    public uint StructureSize { get; }

    public uint AnchorSize { get; }

    public uint Scope { get; }

    /// <summary>As it stands there; empty if its length is impossible.</summary>
    public string Name { get; }

    /// <summary>The folder that belongs to it.</summary>
    public FolderTie Tie { get; }

    /// <summary>True if the version is one that this build understands.</summary>
    public bool IsUnderstood => Version >> 16 == ProtocolVersion.SpokenMajor && AnchorSize == AnchorLayout.Size;

    /// <summary>True if the section contains this name and this scope.</summary>
    public bool Names(SharedName name) => Scope == ScopeWord(name.Scope) && string.Equals(Name, name.Name, StringComparison.Ordinal);

    /// <summary>True if its kind and version are right and it contains the name: the check of every object before it is used.</summary>
    public bool Is(SectionKind kind, SharedName name) => Kind == kind && IsUnderstood && Names(name);

    /// <summary>Reads an anchor from a private copy; false if it has not (yet) the first word of ours.</summary>
    public static bool TryRead(byte* copy, out SectionAnchor anchor)
    {
        bool isOurs = *(uint*)copy == AnchorLayout.Magic;
        anchor = isOurs ? new SectionAnchor(copy) : default;
        return isOurs;
    }

    /// <summary>Reads the anchor of a mapped section; false if it is not finished, not ours or too small.</summary>
    public static bool TryReadMapped(byte* section, long size, out SectionAnchor anchor)
    {
        anchor = default;

        // Acquire. Partner: the release in Write.
        if (size < AnchorLayout.Size || Volatile.Read(ref *(uint*)section) != AnchorLayout.Magic)
            return false;
        byte* copy = stackalloc byte[AnchorLayout.Size];
        Buffer.MemoryCopy(section, copy, AnchorLayout.Size, AnchorLayout.Size);
        return TryRead(copy, out anchor);
    }

    /// <summary>True if a mapped section begins like a frame channel's control section, of whatever version.</summary>
    /// <param name="section">Its first byte.</param>
    /// <param name="size">Bytes that are mapped there.</param>
    public static bool IsControl(byte* section, long size) =>
        TryReadMapped(section, size, out SectionAnchor anchor) && anchor.Kind == SectionKind.Control;

    /// <summary>
    /// Writes the anchor of a new section whose content is complete; its first word last, so that no process takes a half-written section
    /// for a finished one.
    /// </summary>
    public static void Write(byte* section, SectionKind kind, int structureSize, SharedName name, FolderTie tie)
    {
        *(uint*)(section + AnchorLayout.KindOffset) = (uint)kind;
        *(uint*)(section + AnchorLayout.VersionOffset) = ProtocolVersion.Word;
        *(uint*)(section + AnchorLayout.SizeOffset) = (uint)structureSize;
        *(uint*)(section + AnchorLayout.AnchorSizeOffset) = AnchorLayout.Size;
        *(uint*)(section + AnchorLayout.ScopeOffset) = ScopeWord(name.Scope);
        *(uint*)(section + AnchorLayout.NameLengthOffset) = (uint)Encoding.UTF8.GetByteCount(name.Name);
        SharedText.Write(section + AnchorLayout.Name, AnchorLayout.NameBytes, name.Name);
        SharedText.Write(section + AnchorLayout.Tie, AnchorLayout.TieBytes, tie.Random);
        *(uint*)(section + AnchorLayout.FolderUserOffset) = tie.UserId;

        // Release. Partner: the acquiring read in TryReadMapped and ControlAnchor.Check.
        Volatile.Write(ref *(uint*)section, AnchorLayout.Magic);
    }

    private static uint ScopeWord(NameScope scope) => scope == NameScope.Local ? AnchorLayout.LocalScope : AnchorLayout.GlobalScope;
}

namespace WinMmf.Layouts;

/// <summary>What a section says it is, in its anchor: four letters.</summary>
internal enum SectionKind : uint
{
    /// <summary>None of ours.</summary>
    None = 0,

    /// <summary>"CHNL": a channel's control.</summary>
    Control = 0x4C4E_4843,

    /// <summary>"PIXL": a generation of pixels.</summary>
    Pixels = 0x4C58_4950,

    /// <summary>"OWNR": the object whose lock, or existence, is ownership.</summary>
    Owner = 0x524E_574F,

    /// <summary>"RGST": the registry of readers (Windows).</summary>
    Registry = 0x5453_4752,

    /// <summary>"HLDR": a plain memory's companion.</summary>
    Holders = 0x5244_4C48,
}

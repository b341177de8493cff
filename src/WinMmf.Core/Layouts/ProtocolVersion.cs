namespace WinMmf.Layouts;

/// <summary>The version of <c>docs/protocol.md</c> that this build speaks.</summary>
internal static class ProtocolVersion
{
    /// <summary>Major version: others are refused.</summary>
    public const int Major = 1;

    /// <summary>Minor version: higher ones are understood as far as they go.</summary>
    public const int Minor = 0;

    /// <summary>The version as sections have it. Another one than this build's only where a test plays a build of that version.</summary>
    internal static uint Word { get; private set; } = ((uint)Major << 16) | Minor;

    /// <summary>The major version that this process understands.</summary>
    internal static uint SpokenMajor => Word >> 16;

    /// <summary>Makes this process one of another version, before it opens or makes anything; for tests.</summary>
    internal static void SpeakAs(uint major, uint minor) => Word = (major << 16) | minor;

    /// <summary>A version word for people.</summary>
    internal static string Describe(uint word) => $"{word >> 16}.{word & 0xFFFF}";
}

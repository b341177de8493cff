namespace WinMmf.Layouts;

/// <summary>The version of <c>docs/protocol.md</c> that this build speaks.</summary>
internal static class ProtocolVersion
{
    /// <summary>Major version: others are refused.</summary>
    public const int Major = 1;

    /// <summary>Minor version: higher ones are understood as far as they go.</summary>
    public const int Minor = 0;

    internal const uint Word = ((uint)Major << 16) | Minor;
}

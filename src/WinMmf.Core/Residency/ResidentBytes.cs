using System;

namespace WinMmf.Residency;

/// <summary>How much of a memory is locked or in large pages, as the system reports. This may be less than was requested.</summary>
public readonly struct ResidentBytes : IEquatable<ResidentBytes>
{
    /// <summary>Makes a measurement.</summary>
    /// <param name="locked">Bytes.</param>
    /// <param name="largePages">Bytes.</param>
    public ResidentBytes(long locked, long largePages)
    {
        Locked = locked;
        LargePages = largePages;
    }

    /// <summary>Bytes that are locked in memory.</summary>
    public long Locked { get; }

    /// <summary>Bytes in large pages.</summary>
    public long LargePages { get; }

    /// <inheritdoc/>
    public bool Equals(ResidentBytes other) => Locked == other.Locked && LargePages == other.LargePages;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResidentBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Locked.GetHashCode() * 31) + LargePages.GetHashCode());

    /// <summary>True if both are the same.</summary>
    public static bool operator ==(ResidentBytes left, ResidentBytes right) => left.Equals(right);

    /// <summary>True if one differs.</summary>
    public static bool operator !=(ResidentBytes left, ResidentBytes right) => !left.Equals(right);
}

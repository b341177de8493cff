namespace WinMmf.Locking;

/// <summary>
/// The 32-bit word at offset 0 of a plain memory, laid out as the Rust crate winmmf lays it out
/// (<c>docs/protocol.md</c> section 8). Taking and giving back the lock is not here yet: this is what the word says.
/// </summary>
public readonly struct LockWord
{
    /// <summary>Bytes that the word takes; data begins behind it.</summary>
    public const int Size = sizeof(uint);

    private const uint WriterBit = 0x8000_0000;
    private const uint UninitialisedMask = 0xFF00_0000;
    private const uint ReaderMask = 0x00FF_FFFF;

    /// <summary>Makes sense of a word.</summary>
    /// <param name="value">The word as it was read.</param>
    public LockWord(uint value) => Value = value;

    /// <summary>The word as it was read.</summary>
    public uint Value { get; }

    /// <summary>False while winmmf programs would call the memory uninitialised: all bits of the top byte are set.</summary>
    public bool IsInitialised => (Value & UninitialisedMask) != UninitialisedMask;

    /// <summary>True while somebody has the lock for writing.</summary>
    public bool IsWriteLocked => IsInitialised && (Value & WriterBit) != 0;

    /// <summary>How many have the lock for reading.</summary>
    public int Readers => IsInitialised ? (int)(Value & ReaderMask) : 0;

    /// <summary>For people.</summary>
    public override string ToString() => !IsInitialised ? "Uninitialised" : IsWriteLocked ? "Writing" : Readers > 0 ? $"Reading({Readers})" : "Free";
}

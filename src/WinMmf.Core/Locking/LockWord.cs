namespace WinMmf.Locking;

/// <summary>
/// The 32-bit word at offset 0 of a plain memory, laid out as the Rust crate winmmf lays it out (protocol 8.1). WinMmf marks its own part
/// of it in bits that winmmf masks away.
/// </summary>
public readonly struct LockWord
{
    /// <summary>Bytes that the word takes; data begins behind it.</summary>
    public const int Size = sizeof(uint);

    /// <summary>The most readers.</summary>
    public const int MaxReaders = (int)ReaderMask;

    internal const uint WriterBit = 0x8000_0000;
    internal const uint WriterMark = 0x4000_0000;
    internal const uint OwnWriter = WriterBit | WriterMark;
    internal const uint OwnReader = 0x0100_0001;
    internal const uint ForeignReader = 1;
    internal const uint Uninitialised = UninitialisedMask;
    private const uint UninitialisedMask = 0xFF00_0000;
    private const uint ReaderMask = 0x00FF_FFFF;
    private const int MarkShift = 24;
    private const uint MarkMask = 0x3F;

    /// <summary>Makes sense of a word.</summary>
    /// <param name="value">The word as it was read.</param>
    public LockWord(uint value) => Value = value;

    /// <summary>The word as it was read.</summary>
    public uint Value { get; }

    /// <summary>False while winmmf programs would call the memory uninitialised: all bits of the top byte are set.</summary>
    public bool IsInitialised => (Value & UninitialisedMask) != UninitialisedMask;

    /// <summary>True while any program has the lock for writing.</summary>
    public bool IsWriteLocked => IsInitialised && (Value & WriterBit) != 0;

    /// <summary>True while a WinMmf program that left a row has the lock for writing.</summary>
    public bool IsOwnWriter => IsWriteLocked && (Value & WriterMark) != 0;

    /// <summary>True while another program has the lock for writing.</summary>
    public bool IsForeignWriter => IsWriteLocked && (Value & WriterMark) == 0;

    /// <summary>How many have the lock for reading.</summary>
    public int Readers => IsInitialised ? (int)(Value & ReaderMask) : 0;

    /// <summary>How many of the readers are WinMmf programs that left a row.</summary>
    public int MarkedReaders => IsInitialised ? (int)((Value >> MarkShift) & MarkMask) : 0;

    /// <summary>How many of the readers are other programs.</summary>
    public int ForeignReaders => Readers > MarkedReaders ? Readers - MarkedReaders : 0;

    /// <summary>True if part of the lock is another program's.</summary>
    public bool IsForeign => IsForeignWriter || ForeignReaders > 0;

    /// <summary>True if no program has the lock.</summary>
    public bool IsFree => Value == 0;

    /// <summary>What is wrong with the word; null if a series of legal steps leads to it.</summary>
    internal string? Fault
    {
        get
        {
            if (!IsInitialised)
                return "it is uninitialised (top byte 0xFF): the program that made the memory has not finished, or died before it did";
            if (MarkedReaders > Readers)
                return $"it counts {MarkedReaders} WinMmf readers among {Readers} readers";
            if (IsWriteLocked && Readers > 0)
                return $"it shows a writer and {Readers} readers at once";
            return (Value & WriterBit) == 0 && (Value & WriterMark) != 0 ? "it has the mark of a WinMmf writer but no writer" : null;
        }
    }

    /// <summary>True if the lock could be taken at once.</summary>
    internal bool Allows(LockMode mode) => Fault is null && !IsWriteLocked && (mode == LockMode.Read ? Readers < MaxReaders : Readers == 0);

    /// <summary>The word with the lock taken, from one that allows it.</summary>
    internal uint Taken(LockMode mode, bool marked) => mode == LockMode.Read
        ? Value + (marked ? OwnReader : ForeignReader)
        : Value | (marked ? OwnWriter : WriterBit);

    /// <summary>The word with the lock given back; false if it does not show the lock.</summary>
    internal bool TryGive(LockMode mode, bool marked, out uint given)
    {
        bool shown = mode == LockMode.Write
            ? (marked ? IsOwnWriter : IsForeignWriter)
            : !IsWriteLocked && (marked ? MarkedReaders > 0 && Readers > 0 : ForeignReaders > 0);
        given = !shown ? Value
            : mode == LockMode.Write ? Value & ~OwnWriter
            : Value - (marked ? OwnReader : ForeignReader);
        return shown;
    }

    /// <summary>Text for display.</summary>
    public override string ToString() => !IsInitialised ? "Uninitialised"
        : IsWriteLocked ? "Writing"
        : Readers > 0 ? $"Reading({Readers})"
        : IsFree ? "Free" : "Corrupt";
}

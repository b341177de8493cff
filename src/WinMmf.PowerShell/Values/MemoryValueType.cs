namespace WinMmf.PowerShell.Values;

/// <summary>What bytes of a memory mean. Numbers are little-endian, as everything in these memories.</summary>
public enum MemoryValueType
{
    /// <summary>Bytes as they are.</summary>
    Byte,

    /// <summary>8 bits with a sign.</summary>
    SByte,

    /// <summary>16 bits with a sign.</summary>
    Int16,

    /// <summary>16 bits.</summary>
    UInt16,

    /// <summary>32 bits with a sign.</summary>
    Int32,

    /// <summary>32 bits.</summary>
    UInt32,

    /// <summary>64 bits with a sign.</summary>
    Int64,

    /// <summary>64 bits.</summary>
    UInt64,

    /// <summary>A floating-point number of 32 bits.</summary>
    Single,

    /// <summary>A floating-point number of 64 bits.</summary>
    Double,

    /// <summary>Text, up to the first NUL.</summary>
    Text,
}

namespace WinMmf.Layouts;

/// <summary>
/// The last bytes of a plain memory's mapping on Windows, behind all data (protocol 8.1): the size that was asked for, which a mapping of
/// whole pages does not tell, and which the companion tells only as long as a WinMmf program has the memory open.
/// </summary>
internal static unsafe class MemoryTailLayout
{
    public const int Size = 16;

    private const ulong Magic = 0x455A_4953_464D_4D57; // "WMMFSIZE"
    private const int DataSizeOffset = sizeof(ulong);

    /// <summary>The size of a section that has room for the tail behind its data in the last page.</summary>
    public static long RoomFor(long size, int page)
    {
        long free = (page - (size % page)) % page;
        return free >= Size ? size : size + Size;
    }

    /// <summary>Writes the tail.</summary>
    /// <param name="address">Start of the mapping.</param>
    /// <param name="mapped">Bytes of the mapping.</param>
    /// <param name="size">Bytes that were asked for, lock word included.</param>
    public static void Write(byte* address, long mapped, long size)
    {
        byte* tail = address + mapped - Size;
        *(long*)(tail + DataSizeOffset) = size;
        *(ulong*)tail = Magic;
    }

    /// <summary>The bytes that were asked for; null if there is no tail, or none that makes sense.</summary>
    public static long? TryRead(byte* address, long mapped)
    {
        if (mapped < Size)
            return null;
        byte* tail = address + mapped - Size;
        long size = *(long*)(tail + DataSizeOffset);
        return *(ulong*)tail == Magic && size > 0 && size <= mapped - Size ? size : null;
    }
}

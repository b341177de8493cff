using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Mapped memory.</summary>
internal static partial class Libc
{
    private const int ProtectionNone = 0;
    private const int ProtectionRead = 1;
    private const int ProtectionWrite = 2;
    private const int MapShared = 1;
    private const int MapPrivate = 2;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;
    private static readonly IntPtr Failed = new(-1);

    /// <summary>Maps a file from its beginning, shared.</summary>
    public static int Mmap(DescriptorHandle descriptor, long length, bool writable, out MapHandle map)
    {
        UIntPtr bytes = (UIntPtr)(ulong)length;
        map = MmapNative(IntPtr.Zero, bytes, ProtectionRead | (writable ? ProtectionWrite : 0), MapShared, descriptor, 0);
        if (map.IsInvalid)
        {
            int error = Marshal.GetLastWin32Error();
            map.Dispose();
            return error;
        }

        map.SetLength(bytes);
        return 0;
    }

    /// <summary>
    /// Maps a file from its beginning, shared and for writing, at an address that is a multiple of <paramref name="alignment"/>: a
    /// condition for large pages.
    /// </summary>
    public static int MmapAligned(DescriptorHandle descriptor, long length, long alignment, out MapHandle map)
    {
        // Reserves more addresses than needed, maps the file at an aligned address among them, and releases the rest.
        map = new MapHandle();
        IntPtr room = ReserveNative(IntPtr.Zero, Bytes(length + alignment), ProtectionNone, MapPrivate | MapAnonymous, -1, 0);
        if (room == Failed)
            return Marshal.GetLastWin32Error();
        long start = (room.ToInt64() + alignment - 1) / alignment * alignment;
        MapHandle mapped = MmapNative(
            new IntPtr(start), Bytes(length), ProtectionRead | ProtectionWrite, MapShared | MapFixed, descriptor, 0);
        if (mapped.IsInvalid)
        {
            int error = Marshal.GetLastWin32Error();
            mapped.Dispose();
            Munmap(room, Bytes(length + alignment));
            return error;
        }

        mapped.SetLength(Bytes(length));
        long before = start - room.ToInt64();
        if (before > 0)
            Munmap(room, Bytes(before));
        if (before < alignment)
            Munmap(new IntPtr(start + length), Bytes(alignment - before));
        map.Dispose();
        map = mapped;
        return 0;
    }

    private static UIntPtr Bytes(long count) => (UIntPtr)(ulong)count;

    [DllImport(Library, EntryPoint = "mmap", SetLastError = true)]
    private static extern MapHandle MmapNative(
        IntPtr address, UIntPtr length, int protection, int flags, DescriptorHandle descriptor, long offset);

    [DllImport(Library, EntryPoint = "mmap", SetLastError = true)]
    private static extern IntPtr ReserveNative(IntPtr address, UIntPtr length, int protection, int flags, int descriptor, long offset);

    /// <summary>Ends a mapping; 0 or -1.</summary>
    [DllImport(Library, EntryPoint = "munmap")]
    public static extern int Munmap(IntPtr address, UIntPtr length);

    /// <summary>Large pages are welcome here.</summary>
    public const int AdviceHugePage = 14;

    /// <summary>Put what is here into large pages now (Linux 6.1).</summary>
    public const int AdviceCollapse = 25;

    /// <summary>Tells the kernel how mapped memory is to be treated.</summary>
    public static int Madvise(IntPtr address, long length, int advice)
    {
        while (MadviseNative(address, (UIntPtr)(ulong)length, advice) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "madvise", SetLastError = true)]
    private static extern int MadviseNative(IntPtr address, UIntPtr length, int advice);

    /// <summary>Keeps mapped pages in memory until they are unmapped.</summary>
    public static int Mlock(IntPtr address, long length) =>
        MlockNative(address, (UIntPtr)(ulong)length) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "mlock", SetLastError = true)]
    private static extern int MlockNative(IntPtr address, UIntPtr length);

    private const int LockedMemory = 8;

    /// <summary>How many bytes this process may lock in memory; <see cref="ulong.MaxValue"/> if there is no limit.</summary>
    public static unsafe int GetLockLimit(out ulong bytes)
    {
        // struct rlimit: two numbers as wide as a pointer, the soft limit first; all ones mean none.
        UIntPtr* limits = stackalloc UIntPtr[2];
        int error = GetLimitNative(LockedMemory, limits) == 0 ? 0 : Marshal.GetLastWin32Error();
        ulong soft = limits[0].ToUInt64();
        bytes = soft == (UIntPtr.Size == 4 ? uint.MaxValue : ulong.MaxValue) ? ulong.MaxValue : soft;
        return error;
    }

    [DllImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    private static extern unsafe int GetLimitNative(int resource, UIntPtr* limits);
}

using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
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

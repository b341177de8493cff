using System;
using System.Runtime.InteropServices;
using WinMmf.Time;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Sleeping on a word of memory, and waking its sleepers.</summary>
internal static partial class Libc
{
    private const int FutexWaitOperation = 0;
    private const int FutexWakeOperation = 1;

    private static readonly nint FutexNumber = ByArchitecture(x64: 202, arm64: 98);

    /// <summary>
    /// Sleeps while a word shared between processes has a value, for at most a time. No retry: the caller looks again anyway.
    /// </summary>
    public static unsafe int FutexWait(uint* word, uint value, int milliseconds)
    {
        TimeSpec time = new(milliseconds);
        return FutexNative(FutexNumber, word, FutexWaitOperation, value, &time) == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>Wakes all threads that sleep on a word shared between processes; returns their number.</summary>
    public static unsafe int FutexWakeAll(uint* word) =>
        Math.Max(0, (int)FutexNative(FutexNumber, word, FutexWakeOperation, int.MaxValue, null));

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern unsafe nint FutexNative(nint number, uint* word, nint operation, nuint value, TimeSpec* time);
}

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public nint Seconds;
    public nint Nanoseconds;

    public TimeSpec(int milliseconds)
    {
        Seconds = milliseconds / 1000;
        Nanoseconds = milliseconds % 1000 * 1_000_000;
    }
}

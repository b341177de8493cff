using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

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

using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Platform.Windows.Native;

/// <summary>Timers, and how exactly the system keeps them.</summary>
internal static partial class Kernel32
{
    /// <summary>
    /// <c>CREATE_WAITABLE_TIMER_HIGH_RESOLUTION</c>: since Windows 10 1803; exact without a finer clock for the whole system.
    /// </summary>
    public const uint HighResolutionTimer = 2;

    /// <summary><c>TIMER_MODIFY_STATE | SYNCHRONIZE</c>.</summary>
    public const uint TimerAccess = 0x0010_0002;

    /// <summary>Creates a timer that wakes one waiting thread each time it runs out.</summary>
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern SafeWaitHandle CreateWaitableTimerExW(IntPtr security, string? name, uint flags, uint access);

    /// <summary>Starts a timer.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="dueTime">When it runs out: if negative, so many 100 nanoseconds from now.</param>
    /// <param name="period">0: once.</param>
    /// <param name="routine">None.</param>
    /// <param name="argument">None.</param>
    /// <param name="resume">Whether it wakes a sleeping machine.</param>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetWaitableTimer(
        SafeWaitHandle timer, in long dueTime, int period, IntPtr routine, IntPtr argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    /// <summary>Sets what the system may save at this process's cost.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetProcessInformation(IntPtr process, int informationClass, in PowerThrottling information, uint length);
}

/// <summary><c>PROCESS_POWER_THROTTLING_STATE</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PowerThrottling
{
    /// <summary><c>ProcessPowerThrottling</c>.</summary>
    public const int Class = 4;

    /// <summary><c>PROCESS_POWER_THROTTLING_CURRENT_VERSION</c>.</summary>
    public const uint CurrentVersion = 1;

    /// <summary><c>PROCESS_POWER_THROTTLING_IGNORE_TIMER_RESOLUTION</c>.</summary>
    public const uint IgnoreTimerResolution = 4;

    public uint Version;

    /// <summary>What this process decides itself.</summary>
    public uint ControlMask;

    /// <summary>What of it is on.</summary>
    public uint StateMask;
}

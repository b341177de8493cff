using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace WinMmf.Publisher.Platform.Windows;

/// <summary>The system calls that .NET has no name for.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Win32
{
    public const uint HandleFlagInherit = 1;

    [LibraryImport("kernel32.dll")]
    public static partial nint GetStdHandle(int standard);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetStdHandle(int standard, nint handle);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetHandleInformation(nint handle, uint mask, uint flags);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CloseHandle(nint handle);

    [LibraryImport("winmm.dll", EntryPoint = "timeBeginPeriod")]
    public static partial uint TimeBeginPeriod(uint milliseconds);

    [LibraryImport("winmm.dll", EntryPoint = "timeEndPeriod")]
    public static partial uint TimeEndPeriod(uint milliseconds);
}

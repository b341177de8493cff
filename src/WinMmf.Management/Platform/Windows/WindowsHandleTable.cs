using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>The system's list of all handles of all processes.</summary>
internal static class WindowsHandleTable
{
    private const int SystemExtendedHandleInformationClass = 64;
    private const int StatusInfoLengthMismatch = unchecked((int)0xC000_0004);
    private const int FirstLength = 1024 * 1024;
    private const int LongestLength = 256 * 1024 * 1024;

    /// <summary>Reads the list.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static List<SystemHandleInformation> Read()
    {
        for (int length = FirstLength; length <= LongestLength; length *= 2)
        {
            IntPtr buffer = Marshal.AllocHGlobal(length);
            try
            {
                int status = Ntdll.NtQuerySystemInformation(SystemExtendedHandleInformationClass, buffer, (uint)length, out _);
                if (status == StatusInfoLengthMismatch)
                    continue;
                if (status < 0)
                    throw WindowsError.Unexpected($"Reading the list of handles (status 0x{status:X8})", 0);
                return Parse(buffer, length);
            }
            finally
            {
                Marshal.FreeHGlobal(buffer);
            }
        }

        throw WindowsError.Unexpected("Reading the list of handles, which is too long,", Win32Error.ERROR_NOT_ENOUGH_MEMORY);
    }

    private static List<SystemHandleInformation> Parse(IntPtr buffer, int length)
    {
        // Number of handles and a reserved word, each as wide as a pointer, then the entries.
        int entrySize = Marshal.SizeOf<SystemHandleInformation>();
        int header = 2 * IntPtr.Size;
        long count = Math.Min(Marshal.ReadIntPtr(buffer).ToInt64(), (length - header) / entrySize);
        List<SystemHandleInformation> entries = new((int)count);
        for (int i = 0; i < count; i++)
            entries.Add(Marshal.PtrToStructure<SystemHandleInformation>(IntPtr.Add(buffer, header + (i * entrySize))));
        return entries;
    }
}

using System;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>The system's list of processes, which anybody may read whatever a process's own access list says.</summary>
internal static class WindowsProcessTable
{
    private const int SystemProcessInformationClass = 5;
    private const int StatusInfoLengthMismatch = unchecked((int)0xC000_0004);
    private const int FirstLength = 256 * 1024;
    private const int LongestLength = 64 * 1024 * 1024;

    /// <summary>Looks a process up: true if it is there, false if it is not, null if the list cannot be read.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="startTime">When it began, as FILETIME.</param>
    /// <param name="imageName">The name of its program's file.</param>
    public static bool? TryFind(uint processId, out ulong startTime, out string imageName)
    {
        startTime = 0;
        imageName = string.Empty;
        for (int length = FirstLength; length <= LongestLength; length *= 2)
        {
            IntPtr buffer = Marshal.AllocHGlobal(length);
            try
            {
                int status = Ntdll.NtQuerySystemInformation(SystemProcessInformationClass, buffer, (uint)length, out _);
                if (status == StatusInfoLengthMismatch)
                    continue;
                return status < 0 ? null : Search(buffer, processId, out startTime, out imageName);
            }
            finally
            {
                Marshal.FreeHGlobal(buffer);
            }
        }

        return null;
    }

    private static bool Search(IntPtr entry, uint processId, out ulong startTime, out string imageName)
    {
        while (true)
        {
            SystemProcessInformation process = Marshal.PtrToStructure<SystemProcessInformation>(entry);
            if (unchecked((uint)process.UniqueProcessId.ToInt64()) == processId)
            {
                startTime = (ulong)process.CreateTime;
                imageName = process.ImageName.ToString();
                return true;
            }

            if (process.NextEntryOffset == 0)
            {
                startTime = 0;
                imageName = string.Empty;
                return false;
            }

            entry = IntPtr.Add(entry, (int)process.NextEntryOffset);
        }
    }
}

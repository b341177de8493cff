using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>The system's list of processes, which any account may read, whatever a process's own access list says.</summary>
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
        bool? known = null;
        ulong foundStart = 0;
        string foundImage = string.Empty;
        if (Walk(process =>
        {
            if (IdOf(in process) != processId)
                return true;
            known = true;
            foundStart = (ulong)process.CreateTime;
            foundImage = process.ImageName.ToString();
            return false;
        }))
        {
            known ??= false;
        }

        startTime = foundStart;
        imageName = foundImage;
        return known;
    }

    /// <summary>The names of all programs by process id; empty if the list cannot be read.</summary>
    public static IReadOnlyDictionary<uint, string> ListPrograms()
    {
        Dictionary<uint, string> programs = new();
        Walk(process =>
        {
            programs[IdOf(in process)] = process.ImageName.ToString();
            return true;
        });
        return programs;
    }

    private static uint IdOf(in SystemProcessInformation process) => unchecked((uint)process.UniqueProcessId.ToInt64());

    /// <summary>Calls back for each process until the callback says stop. False if the list cannot be read.</summary>
    private static bool Walk(Func<SystemProcessInformation, bool> goesOn)
    {
        for (int length = FirstLength; length <= LongestLength; length *= 2)
        {
            IntPtr buffer = Marshal.AllocHGlobal(length);
            try
            {
                int status = Ntdll.NtQuerySystemInformation(SystemProcessInformationClass, buffer, (uint)length, out _);
                if (status == StatusInfoLengthMismatch)
                    continue;
                if (status < 0)
                    return false;
                for (IntPtr entry = buffer; ;)
                {
                    SystemProcessInformation process = Marshal.PtrToStructure<SystemProcessInformation>(entry);
                    if (!goesOn(process) || process.NextEntryOffset == 0)
                        return true;
                    entry = IntPtr.Add(entry, (int)process.NextEntryOffset);
                }
            }
            finally
            {
                Marshal.FreeHGlobal(buffer);
            }
        }

        return false;
    }
}

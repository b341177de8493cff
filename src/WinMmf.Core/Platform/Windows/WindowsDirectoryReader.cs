using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Reads a whole directory of the object namespace. One call that returns every entry is a snapshot, because the kernel holds
/// the directory's lock during it; one entry a call is none: a scan goes by number, so objects that come and go meanwhile make it
/// miss others or give them twice. Wine 8 knows only the latter.
/// </summary>
internal static class WindowsDirectoryReader
{
    private const int StatusMoreEntries = 0x0000_0105;
    private const int StatusNoMoreEntries = unchecked((int)0x8000_001A);
    private const int StatusNotImplemented = unchecked((int)0xC000_0002);
    private const int StatusBufferTooSmall = unchecked((int)0xC000_0023);
    private const int FirstLength = 64 * 1024;
    private const int LongestLength = 64 * 1024 * 1024;

    /// <summary>NtQueryDirectoryObject on an open directory.</summary>
    public delegate int Query(IntPtr buffer, uint length, bool returnSingleEntry, bool restartScan, ref uint context);

    /// <summary>The objects with their types, each name once. What was read before an error is kept.</summary>
    public static Dictionary<string, string> Read(Query query)
    {
        for (int length = FirstLength; ; length *= 2)
        {
            Dictionary<string, string> found = new(StringComparer.Ordinal);
            int status = ReadOnce(query, length, found);
            if (status == StatusNotImplemented)
                return ReadSingly(query);
            if (length == LongestLength && status == StatusMoreEntries)
                return ReadOn(query, length);
            if (length == LongestLength || status is not (StatusMoreEntries or StatusBufferTooSmall))
                return found;
        }
    }

    private static int ReadOnce(Query query, int length, Dictionary<string, string> found)
    {
        IntPtr buffer = Marshal.AllocHGlobal(length);
        try
        {
            uint context = 0;
            int status = query(buffer, (uint)length, returnSingleEntry: false, restartScan: true, ref context);
            if (status >= 0)
                AddEntries(buffer, length, found);
            return status;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    /// <summary>Piece by piece, for a directory that no buffer of ours holds.</summary>
    private static Dictionary<string, string> ReadOn(Query query, int length)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        IntPtr buffer = Marshal.AllocHGlobal(length);
        try
        {
            uint context = 0;
            int status = StatusMoreEntries;
            for (bool restart = true; status == StatusMoreEntries; restart = false)
            {
                status = query(buffer, (uint)length, returnSingleEntry: false, restart, ref context);
                if (status >= 0)
                    AddEntries(buffer, length, found);
            }

            return found;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    private static Dictionary<string, string> ReadSingly(Query query)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        IntPtr buffer = Marshal.AllocHGlobal(FirstLength);
        try
        {
            uint context = 0;
            for (bool restart = true; ; restart = false)
            {
                int status = query(buffer, FirstLength, returnSingleEntry: true, restart, ref context);
                if (status < 0 || status == StatusNoMoreEntries)
                    return found;
                AddEntry(Marshal.PtrToStructure<ObjectDirectoryInformation>(buffer), found);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    /// <summary>The entries follow one another, an empty one after the last; their texts come after that in the same buffer.</summary>
    private static void AddEntries(IntPtr buffer, int length, Dictionary<string, string> found)
    {
        int size = Marshal.SizeOf<ObjectDirectoryInformation>();
        for (int at = 0; at + size <= length; at += size)
        {
            ObjectDirectoryInformation entry = Marshal.PtrToStructure<ObjectDirectoryInformation>(IntPtr.Add(buffer, at));
            if (entry.Name.Buffer == IntPtr.Zero)
                return;
            AddEntry(entry, found);
        }
    }

    private static void AddEntry(in ObjectDirectoryInformation entry, Dictionary<string, string> found) =>
        found[entry.Name.ToString()] = entry.TypeName.ToString();
}

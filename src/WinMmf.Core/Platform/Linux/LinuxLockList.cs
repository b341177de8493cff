using System;
using System.Globalization;
using System.IO;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>The kernel's list of locks, which any account may read: for files that this account may not open.</summary>
internal static class LinuxLockList
{
    private const string Path = "/proc/locks";

    /// <summary>True if a process has a write lock on a byte of a file.</summary>
    public static bool HasWriteLock(in FileStatus file, long offset)
    {
        // "1: OFDLCK ADVISORY WRITE -1 00:1a:1234 0 0": device and inode, first and last byte.
        string number = string.Format(CultureInfo.InvariantCulture, "{0:x2}:{1:x2}:{2}", file.DeviceMajor, file.DeviceMinor, file.Inode);
        try
        {
            foreach (string line in File.ReadAllLines(Path))
            {
                string[] fields = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
                int place = Array.IndexOf(fields, number);
                if (place > 0
                    && place + 2 < fields.Length
                    && Array.IndexOf(fields, "WRITE") > 0
                    && long.TryParse(fields[place + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
                    && first <= offset
                    && (!long.TryParse(fields[place + 2], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
                        || last >= offset))
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the answer is unknown.
        }

        return false;
    }
}

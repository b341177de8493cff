using System;
using System.Globalization;
using System.IO;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Platform.Linux;

/// <summary>
/// The kernel's lists of locks. That of all processes may be read by any account, but a lock of an open file description has no process
/// number there; that of one process's descriptors is told to its account and root.
/// </summary>
internal static class LinuxLockList
{
    private const string Path = "/proc/locks";
    private const string LockLine = "lock:";

    /// <summary>True if a process has a write lock on a byte of a file.</summary>
    public static bool HasWriteLock(in FileStatus file, long offset)
    {
        string number = NumberOf(in file);
        try
        {
            foreach (string line in File.ReadAllLines(Path))
            {
                if (IsWriteLock(line, number, offset))
                    return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the answer is unknown.
        }

        return false;
    }

    /// <summary>True if a process has a descriptor with a write lock on byte 0 of a file, as far as this account is told.</summary>
    public static bool HasWriteLock(ProcessIdentity process, in FileStatus file)
    {
        string number = NumberOf(in file);
        try
        {
            foreach (string path in Directory.EnumerateFiles($"/proc/{process.ProcessId.ToString(CultureInfo.InvariantCulture)}/fdinfo"))
            {
                if (LinuxProcFile.TryRead(path, out string text) != 0)
                    continue;
                foreach (string line in text.Split('\n'))
                {
                    if (line.StartsWith(LockLine, StringComparison.Ordinal) && IsWriteLock(line.Substring(LockLine.Length), number, 0))
                        return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or another account's.
        }

        return false;
    }

    private static string NumberOf(in FileStatus file) =>
        string.Format(CultureInfo.InvariantCulture, "{0:x2}:{1:x2}:{2}", file.DeviceMajor, file.DeviceMinor, file.Inode);

    /// <summary>"1: OFDLCK ADVISORY WRITE -1 00:1a:1234 0 0": device and inode, first and last byte.</summary>
    private static bool IsWriteLock(string line, string number, long offset)
    {
        string[] fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        int place = Array.IndexOf(fields, number);
        return place > 0
            && place + 2 < fields.Length
            && Array.IndexOf(fields, "WRITE") > 0
            && long.TryParse(fields[place + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && first <= offset
            && (!long.TryParse(fields[place + 2], NumberStyles.None, CultureInfo.InvariantCulture, out long last) || last >= offset);
    }
}

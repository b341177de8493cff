using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;

namespace WinMmf.Platform.Linux;

/// <summary>Memory that is not paged out, memory in large pages, and what the kernel says that there is of both (design N7).</summary>
internal static class LinuxResidency
{
    private const string Settings = "/sys/kernel/mm/transparent_hugepage/";
    private const long UsualLargePage = 2 << 20;

    /// <summary>Bytes of a large page.</summary>
    public static long LargePageSize =>
        LinuxProcFile.TryRead(Settings + "hpage_pmd_size", out string text) == 0
        && long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size > 0
            ? size
            : UsualLargePage;

    /// <summary>What the system allows for shared memory, as the kernel writes it.</summary>
    public static string LargePageSetting => LinuxProcFile.TryRead(Settings + "shmem_enabled", out string text) == 0 ? text.Trim() : "none";

    /// <summary>A size in whole large pages.</summary>
    public static long RoundUp(long size, long page) => checked((size + page - 1) / page * page);

    /// <summary>Keeps a mapping in memory.</summary>
    /// <exception cref="WinMmfException">PrivilegeNotHeld, LockedMemoryLimit, SystemError.</exception>
    public static void Lock(MapHandle map, long size, SharedName name, string suffix)
    {
        int error = Libc.Mlock(map.DangerousGetHandle(), size);
        if (error != 0)
            throw LinuxError.Lock(name, suffix, size, error);
    }

    /// <summary>Puts a new mapping, whose small pages are reserved already, into large ones.</summary>
    /// <exception cref="WinMmfException">NotSupported, OutOfSharedMemory: the system had no large page.</exception>
    public static void UseLargePages(MapHandle map, long size, SharedName name, string suffix)
    {
        IntPtr address = map.DangerousGetHandle();
        Libc.Madvise(address, size, Libc.AdviceHugePage);

        // At once, because the pages exist already; no setting has to enable it, one may only forbid it.
        int error = Libc.Madvise(address, size, Libc.AdviceCollapse);
        if (Measure(address, size).LargePages == 0)
            throw LinuxError.LargePages(name, suffix, LargePageSetting, error);
    }

    /// <summary>What this process's mapping has.</summary>
    public static ResidentBytes Measure(IntPtr address, long size)
    {
        try
        {
            ulong start = unchecked((ulong)address.ToInt64());
            return Parse(File.ReadLines("/proc/self/smaps"), start, start + (ulong)size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>
    /// Adds up the mappings within a range. "Locked:" is not used: the kernel divides it by the number of processes that have
    /// the page; a locked mapping has the flag "lo", and then all of it is resident.
    /// </summary>
    internal static ResidentBytes Parse(IEnumerable<string> lines, ulong start, ulong end)
    {
        bool within = false;
        long resident = 0;
        long locked = 0;
        long large = 0;
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            int dash = line.IndexOf('-');
            if (dash > 0 && (colon < 0 || dash < colon) && TryParseRange(line, dash, out ulong first, out ulong last))
            {
                within = first >= start && last <= RoundToPage(end);
                resident = 0;
            }
            else if (!within)
            {
                continue;
            }
            else if (line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                resident = Kilobytes(line);
            }
            else if (line.StartsWith("ShmemPmdMapped:", StringComparison.Ordinal))
            {
                large += Kilobytes(line);
            }
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal) && (line + " ").IndexOf(" lo ", StringComparison.Ordinal) > 0)
            {
                locked += resident;
            }
        }

        return new ResidentBytes(locked, large);
    }

    private static ulong RoundToPage(ulong end)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        return (end + page - 1) / page * page;
    }

    private static bool TryParseRange(string line, int dash, out ulong first, out ulong last)
    {
        last = 0;
        int space = line.IndexOf(' ', dash);
        return ulong.TryParse(line.Substring(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out first)
            && space > 0
            && ulong.TryParse(line.Substring(dash + 1, space - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out last);
    }

    private static long Kilobytes(string line)
    {
        string[] fields = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 2 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes * 1024
            : 0;
    }
}

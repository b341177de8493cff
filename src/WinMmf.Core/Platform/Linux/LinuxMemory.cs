using System;
using System.Globalization;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// How much shared memory there is. A tmpfs may be larger than the machine's memory (in a container, than its share);
/// filling it then does not fail but makes the kernel kill processes.
/// </summary>
internal static class LinuxMemory
{
    private const string Available = "MemAvailable:";
    private const string Swap = "SwapFree:";

    /// <summary>Bytes that can be reserved in a directory, and the bytes that it has in all; false if it cannot be told.</summary>
    public static bool TryFindFree(string directory, out ulong free, out ulong total)
    {
        // A tmpfs without a limit has 0 blocks.
        if (!Libc.TryGetSpace(directory, out free, out total) || total == 0)
            return false;
        if (LinuxProcFile.TryRead("/proc/meminfo", out string text) == 0 && TryParse(text, out ulong memory))
            free = Math.Min(free, memory);
        return true;
    }

    /// <summary>What <c>/proc/meminfo</c> says that can be had, swap included.</summary>
    internal static bool TryParse(string text, out ulong bytes)
    {
        bytes = 0;
        bool found = false;
        foreach (string line in text.Split('\n'))
        {
            bool isAvailable = line.StartsWith(Available, StringComparison.Ordinal);
            if (!isAvailable && !line.StartsWith(Swap, StringComparison.Ordinal))
                continue;
            string[] fields = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || !ulong.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong kilobytes))
                continue;
            bytes += unchecked(kilobytes * 1024);
            found |= isAvailable;
        }

        return found;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using WinMmf.Text;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Which processes have a device open, as far as this account may look into them.</summary>
internal static class LinuxDeviceUsers
{
    /// <summary>For each open device the processes that have it open, for display.</summary>
    /// <param name="processes">The folder of processes, <c>/proc</c>.</param>
    /// <param name="devices">Full paths of devices.</param>
    public static Dictionary<string, string> Find(string processes, IReadOnlyCollection<string> devices)
    {
        Dictionary<string, string> users = new(StringComparer.Ordinal);
        foreach ((string device, int processId, string program) in FindProcesses(processes, devices))
        {
            string user = $"process {processId.ToString(CultureInfo.InvariantCulture)} ({program})";
            users[device] = users.TryGetValue(device, out string? others) ? others + ", " + user : user;
        }

        return users;
    }

    /// <summary>Each process with each device that it has open, once.</summary>
    /// <param name="processes">The folder of processes, <c>/proc</c>.</param>
    /// <param name="devices">Full paths of devices.</param>
    public static IEnumerable<(string Device, int ProcessId, string Program)> FindProcesses(
        string processes, IReadOnlyCollection<string> devices)
    {
        HashSet<string> wanted = new(devices, StringComparer.Ordinal);
        foreach (string directory in Entries(processes))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int processId))
                continue;
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (string descriptor in Entries(directory + "/fd"))
            {
                if (Libc.ReadLink(descriptor) is string target && wanted.Contains(target) && seen.Add(target))
                    yield return (target, processId, NameOf(directory));
            }
        }
    }

    private static string NameOf(string directory) =>
        LinuxProcFile.TryRead(directory + "/comm", out string name) == 0 ? ForeignText.Clean(name.Trim()) : "unknown program";

    private static string[] Entries(string directory)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

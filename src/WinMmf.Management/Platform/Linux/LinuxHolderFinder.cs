using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using WinMmf.Processes;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// Holders by <c>/proc</c>: open descriptors and mappings that are the very file, whatever it is called where the process
/// sees it. How many there are in all, <c>/proc/locks</c> says: every holder has a lock of its own.
/// </summary>
internal sealed class LinuxHolderFinder : IHolderFinder
{
    private const int AccessMode = 3;
    private const int FieldsOfMap = 5;
    private readonly LinuxDirectory _files;

    public LinuxHolderFinder(LinuxDirectory files) => _files = files;

    public bool TryFind(HolderSearch search)
    {
        string path = _files.PathOf(search.Name);
        int error = Libc.GetStatus(path, follow: false, out FileStatus file);
        if (error == Errno.ENOENT)
            return false;
        if (error != 0)
            throw LinuxError.System($"Looking at {path}", error);

        int descriptors = 0;
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!uint.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out uint processId))
                continue;
            if (!search.GoesOn())
                return true;
            Look(search, directory, processId, in file, ref descriptors);
        }

        search.Hidden = Math.Max(0, CountLocks(in file) - descriptors);
        return true;
    }

    private static void Look(HolderSearch search, string directory, uint processId, in FileStatus file, ref int descriptors)
    {
        bool canWrite = false;
        int open = CountDescriptors(directory, search.Name, in file, ref canWrite);
        int mappings = open == 0 ? CountMappings(directory, in file, ref canWrite) : 0;
        descriptors += open;
        if (open + mappings == 0)
            return;

        ulong start = LinuxProcFile.TryRead(directory + "/stat", out string text) == 0
            && LinuxProcessStat.TryParse(text, out LinuxProcessStat stat)
            ? stat.StartTime
            : 0;
        search.Add(new FoundHolder(new ProcessIdentity(processId, start, LinuxProcessProbe.Self.Host))
        {
            Account = AccountOf(directory),
            CanWrite = canWrite,
            Handles = open + mappings,
        });
    }

    private static int CountDescriptors(string directory, SharedName name, in FileStatus file, ref bool canWrite)
    {
        int count = 0;
        foreach (string descriptor in Entries(directory + "/fd"))
        {
            // The text of the link is cheap and rules out most; the inode number decides.
            if (!MayBeShared(Libc.ReadLink(descriptor), name)
                || Libc.GetStatus(descriptor, follow: true, out FileStatus status) != 0
                || !status.IsSameFile(in file))
            {
                continue;
            }

            count++;
            canWrite |= IsWritable(directory + "/fdinfo/" + Path.GetFileName(descriptor));
        }

        return count;
    }

    /// <summary>Its creator sees a file as what it was before it was linked: "/dev/shm/#INODE (deleted)".</summary>
    private static bool MayBeShared(string? link, SharedName name) =>
        link is not null
        && (link.IndexOf("/winmmf", StringComparison.Ordinal) >= 0
            || link.IndexOf("/#", StringComparison.Ordinal) >= 0
            || (name.IsForeign && link.EndsWith("/" + name.Name, StringComparison.Ordinal)));

    private static bool IsWritable(string information)
    {
        if (LinuxProcFile.TryRead(information, out string text) != 0)
            return false;
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("flags:", StringComparison.Ordinal))
                return (Convert.ToInt32(line.Substring(6).Trim(), 8) & AccessMode) != Libc.ReadOnly;
        }

        return false;
    }

    /// <summary>Programs that closed the descriptor and kept the mapping, as other software does.</summary>
    private static int CountMappings(string directory, in FileStatus file, ref bool canWrite)
    {
        string inode = file.Inode.ToString(CultureInfo.InvariantCulture);
        string device = DeviceOf(file);
        int count = 0;
        try
        {
            foreach (string line in File.ReadLines(directory + "/maps"))
            {
                if (!IsMappingOf(line, device, inode, out bool isWritable))
                    continue;
                count++;
                canWrite |= isWritable;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another account's process, or one that has ended.
        }

        return count;
    }

    /// <summary>True if a line of <c>/proc/PID/maps</c> is a mapping of a file.</summary>
    /// <param name="line">ADDRESSES PERMISSIONS OFFSET DEVICE INODE PATH; the path is its owner's to choose, and says nothing.</param>
    /// <param name="device">The file's device, as written there.</param>
    /// <param name="inode">Its inode.</param>
    /// <param name="isWritable">True if it may be written through this mapping.</param>
    internal static bool IsMappingOf(string line, string device, string inode, out bool isWritable)
    {
        string[] fields = line.Split([' '], FieldsOfMap + 1);
        isWritable = fields.Length >= FieldsOfMap && fields[1].IndexOf('w') >= 0;
        return fields.Length >= FieldsOfMap && fields[3] == device && fields[4] == inode;
    }

    private static string? AccountOf(string directory)
    {
        if (Libc.GetStatus(directory, follow: true, out FileStatus status) != 0)
            return null;
        return Libc.FindUserName(status.UserId) ?? status.UserId.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A file's device as <c>/proc</c> writes it.</summary>
    private static string DeviceOf(in FileStatus file) =>
        $"{file.DeviceMajor.ToString("x2", CultureInfo.InvariantCulture)}:{file.DeviceMinor.ToString("x2", CultureInfo.InvariantCulture)}";

    private static int CountLocks(in FileStatus file)
    {
        string place = $" {DeviceOf(file)}:{file.Inode.ToString(CultureInfo.InvariantCulture)} 0 0";
        int count = 0;
        try
        {
            foreach (string line in File.ReadLines("/proc/locks"))
            {
                if (line.IndexOf("OFDLCK", StringComparison.Ordinal) >= 0 && line.EndsWith(place, StringComparison.Ordinal))
                    count++;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the list no process is known to be hidden.
        }

        return count;
    }

    private static IEnumerable<string> Entries(string directory)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Array.Empty<string>();
        }
    }
}

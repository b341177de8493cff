using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Remedies;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Linux: the size of <c>/dev/shm</c>, what logind removes at sign-out, video devices.</summary>
internal sealed class LinuxEnvironmentProbe : IEnvironmentProbe
{
    private const uint FirstUserId = 1000;
    private readonly string _sharedMemory;
    private readonly string _root;

    /// <param name="sharedMemory">Where shared memory is.</param>
    /// <param name="root">What stands before /etc and /dev; empty but for tests.</param>
    public LinuxEnvironmentProbe(string sharedMemory, string root = "")
    {
        _sharedMemory = sharedMemory;
        _root = root;
    }

    public string DescribeSession()
    {
        uint userId = Libc.GetEffectiveUserId();
        return $"user {Libc.FindUserName(userId) ?? "without a name"} ({userId})";
    }

    public IEnumerable<EnvironmentFinding> ExamineMemory()
    {
        yield return ExamineSpace();
        yield return ExamineDirectory();
        yield return ExamineSignOut(Libc.GetEffectiveUserId());
    }

    public IEnumerable<EnvironmentFinding> ExamineCameras()
    {
        string devices = _root + "/dev";
        string[] cameras = Directory.Exists(devices)
            ? [.. Directory.EnumerateFileSystemEntries(devices, "video*").OrderBy(path => path, StringComparer.Ordinal)]
            : [];
        if (cameras.Length == 0)
        {
            yield return new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Warning,
                "There is no video device (/dev/video*).",
                "Plug the camera in, or pass the device into the container or virtual machine. Files, addresses and the synthetic source "
                    + "need none.");
            yield break;
        }

        Dictionary<string, string> users = LinuxDeviceUsers.Find(_root + "/proc", cameras);
        foreach (string camera in cameras)
        {
            if (users.TryGetValue(camera, out string? user))
            {
                yield return new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Warning,
                    $"{camera} is in use now by {user}.",
                    "A camera belongs to one process. Where that is not the publisher, end it before a publisher is started.");
                continue;
            }

            int error = Libc.Open(camera, Libc.ReadOnly, 0, out DescriptorHandle descriptor);
            descriptor.Dispose();
            yield return error switch
            {
                0 => new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Ok, $"{camera} can be opened."),
                Errno.EACCES => new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Failed,
                    $"{camera} may not be opened by this account.",
                    "Add this account to the group 'video' (as root: usermod -aG video NAME), then sign in again."),
                _ => new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Warning,
                    $"{camera} does not open: {Libc.DescribeError(error)}.",
                    "If another program has it, publish it from there, or end that program (fuser names it)."),
            };
        }
    }

    internal EnvironmentFinding ExamineSignOut(uint userId)
    {
        // logind's default is yes; accounts of the system are spared.
        string setting = "yes";
        string main = _root + "/etc/systemd/logind.conf";
        string folder = main + ".d";
        IEnumerable<string> files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.conf").OrderBy(path => path, StringComparer.Ordinal)
            : [];
        foreach (string file in new[] { main }.Concat(files).Where(File.Exists))
            setting = ReadSetting(file) ?? setting;

        bool removes = setting.ToUpperInvariant() is "YES" or "TRUE" or "1" or "ON";
        if (!Directory.Exists(_root + "/run/systemd/seats") || userId < FirstUserId || !removes)
            return new EnvironmentFinding(
                EnvironmentCheck.SignOut, EnvironmentStatus.Ok, "Signing out removes no shared memory of this account.");
        return new EnvironmentFinding(
            EnvironmentCheck.SignOut,
            EnvironmentStatus.Warning,
            "systemd-logind removes this account's shared memory when its last session ends (RemoveIPC=yes): publishers that are to "
                + "outlive the session lose their names.",
            "Run long-lived publishers as a system service (an account below 1000), or set RemoveIPC=no in /etc/systemd/logind.conf and "
                + "restart systemd-logind.");
    }

    private static string? ReadSetting(string file)
    {
        try
        {
            string? line = File.ReadLines(file).LastOrDefault(text => text.TrimStart().StartsWith("RemoveIPC=", StringComparison.Ordinal));
            return line?.Split('=')[1].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private EnvironmentFinding ExamineSpace()
    {
        if (!Libc.TryGetSpace(_sharedMemory, out ulong free, out _))
            return new EnvironmentFinding(EnvironmentCheck.SharedMemory, EnvironmentStatus.Failed,
                $"{_sharedMemory} cannot be asked for its size.", SystemRemedy.MountSharedMemory(_sharedMemory));
        return free >= ChannelNeed.FullHd
            ? new EnvironmentFinding(EnvironmentCheck.SharedMemory, EnvironmentStatus.Ok, $"{_sharedMemory}: {ChannelNeed.Compare(free)}")
            : new EnvironmentFinding(EnvironmentCheck.SharedMemory, EnvironmentStatus.Warning,
                $"{_sharedMemory}: {ChannelNeed.Compare(free)}",
                $"Publish smaller frames, or enlarge it: {SystemRemedy.EnlargeSharedMemory(_sharedMemory)}");
    }

    private EnvironmentFinding ExamineDirectory()
    {
        int error = Libc.Open(_sharedMemory, Libc.Unnamed | Libc.ReadWrite, LinuxFileMode.OwnerOnly, out DescriptorHandle file);
        file.Dispose();
        return error == 0
            ? new EnvironmentFinding(
                EnvironmentCheck.GlobalScope, EnvironmentStatus.Ok, $"This account may create Global names in {_sharedMemory}.")
            : new EnvironmentFinding(EnvironmentCheck.GlobalScope, EnvironmentStatus.Failed,
                $"This account may create nothing in {_sharedMemory}: {Libc.DescribeError(error)}.",
                SystemRemedy.OpenSharedMemory(_sharedMemory));
    }
}

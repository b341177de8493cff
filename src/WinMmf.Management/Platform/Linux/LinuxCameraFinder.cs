using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Management.Cameras;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using WinMmf.Text;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Cameras by Video4Linux: sysfs says what and where they are, the devices what they can give.</summary>
internal sealed class LinuxCameraFinder : ICameraFinder
{
    private const string Folder = "/sys/class/video4linux";
    private const string Prefix = "video";
    private readonly string _root;
    private readonly Func<string, VideoAnswer> _open;

    /// <summary>Makes one.</summary>
    /// <param name="root">Stands before /sys, /dev and /proc; empty for the machine's own.</param>
    /// <param name="open">Opens a device and reads what it says; null for the system's way.</param>
    public LinuxCameraFinder(string root = "", Func<string, VideoAnswer>? open = null)
    {
        _root = root;
        _open = open ?? Ask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FoundCamera> Find()
    {
        List<(int Number, string Folder)> devices = [];
        foreach (string folder in Entries(_root + Folder))
        {
            string name = Path.GetFileName(folder);
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(name.Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                devices.Add((number, folder));
        }

        devices.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        ILookup<string, CameraUser> users = FindUsers([.. devices.Select(device => PathOf(device.Number))]);
        List<FoundCamera> cameras = [];
        foreach ((int number, string folder) in devices)
        {
            string path = PathOf(number);
            VideoAnswer answer = _open(path);

            // What may not be opened is shown with the reason; what is no camera is not shown.
            if (answer.Error == 0 && !answer.Device.IsCamera)
                continue;
            cameras.Add(Describe(number, folder, path, answer, [.. users[path]]));
        }

        return cameras;
    }

    private string PathOf(int number) => $"{_root}/dev/{Prefix}{number.ToString(CultureInfo.InvariantCulture)}";

    private static FoundCamera Describe(int number, string folder, string path, VideoAnswer answer, IReadOnlyList<CameraUser> users)
    {
        string name = ReadLine(folder + "/name");
        string? device = Resolve(folder + "/device");
        string? usb = FindUsb(device);
        string port = usb is not null ? Path.GetFileName(usb)
            : answer.Device.Bus.Length > 0 ? answer.Device.Bus
            : device is not null ? Path.GetFileName(device) : "";
        return new FoundCamera(name.Length > 0 ? name : answer.Device.Card.Length > 0 ? answer.Device.Card : path, path, "v4l2", number)
        {
            Vendor = usb is null ? "" : ReadLine(usb + "/idVendor"),
            Product = usb is null ? "" : ReadLine(usb + "/idProduct"),
            Serial = usb is null ? "" : ReadLine(usb + "/serial"),
            Port = port,
            Part = int.TryParse(ReadLine(folder + "/index"), NumberStyles.None, CultureInfo.InvariantCulture, out int part) ? part : 0,
            Formats = answer.Device.Formats,
            Users = users,
            IsDenied = answer.Error is Errno.EACCES or Errno.EPERM,
            Fault = answer.Error == 0 ? null : $"{path} does not open: {Libc.DescribeError(answer.Error)}.",
        };
    }

    /// <summary>The folder of the USB device that a device belongs to; null for what is not on USB.</summary>
    private static string? FindUsb(string? device)
    {
        for (string? folder = device; folder is not null && folder.Length > 1; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder + "/idVendor"))
                return folder;
        }

        return null;
    }

    private static string? Resolve(string link)
    {
        if (Libc.ReadLink(link) is not string target)
            return Directory.Exists(link) ? link : null;
        return Path.GetFullPath(target.StartsWith("/", StringComparison.Ordinal) ? target : Path.Combine(FolderOf(link), target));
    }

    /// <summary>
    /// A link's target counts from the folder in which the link really lies, and the class folder is full of links itself.
    /// </summary>
    private static string FolderOf(string link)
    {
        string folder = Path.GetDirectoryName(link)!;
        return Libc.ReadLink(folder) is string real
            ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(folder)!, real))
            : folder;
    }

    private ILookup<string, CameraUser> FindUsers(IReadOnlyCollection<string> paths)
    {
        List<(string Path, CameraUser User)> users = [];
        foreach ((string path, int process, string program) in LinuxDeviceUsers.FindProcesses(_root + "/proc", paths))
        {
            string file = $"{_root}/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat";
            int parent = LinuxProcFile.TryRead(file, out string text) == 0
                && LinuxProcessStat.TryParse(text, out LinuxProcessStat stat) ? stat.Parent : 0;
            users.Add((path, new CameraUser(process, parent, program)));
        }

        return users.ToLookup(static use => use.Path, static use => use.User);
    }

    private static VideoAnswer Ask(string path)
    {
        int error = Libc.Open(path, Libc.ReadWrite, 0, out DescriptorHandle descriptor);
        using (descriptor)
        {
            VideoDevice device = new((request, data) => Libc.AskDevice(descriptor, request, data));
            return new VideoAnswer(error != 0 ? error : device.Read(), device);
        }
    }

    private static string ReadLine(string file) => LinuxProcFile.TryRead(file, out string text) == 0 ? ForeignText.Clean(text.Trim()) : "";

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

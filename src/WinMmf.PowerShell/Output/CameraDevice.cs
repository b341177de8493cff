using System.Linq;
using WinMmf.Management.Cameras;

namespace WinMmf.PowerShell.Output;

/// <summary>A camera of this machine, as it was at one moment.</summary>
public sealed class CameraDevice
{
    internal CameraDevice(FoundCamera camera, string id, string? channel)
    {
        Name = camera.Name;
        Id = id;
        Index = camera.Number;
        Path = camera.Path;
        InputFormat = camera.Format;
        VendorId = camera.Vendor;
        ProductId = camera.Product;
        SerialNumber = camera.Serial;
        Port = camera.Port;
        Formats = [.. camera.Formats.Select(static format => format.ToString())];
        UsedBy = [.. camera.Users.Select(static user => $"{user.Program} ({user.ProcessId})")];
        Channel = channel;
        Problem = camera.Fault;
    }

    /// <summary>The name that people know; several cameras may share it.</summary>
    public string Name { get; }

    /// <summary>Which camera it is, for ever: vendor, product and a serial number of its own, otherwise the port.</summary>
    public string Id { get; }

    /// <summary>Its number for OpenCV: that of /dev/videoN, or its place in DirectShow's list.</summary>
    public int Index { get; }

    /// <summary>What opens it: a device on Linux, DirectShow's name on Windows.</summary>
    public string Path { get; }

    /// <summary>The way to it: v4l2 or dshow.</summary>
    public string InputFormat { get; }

    /// <summary>USB's number of the vendor; empty for what is not on USB.</summary>
    public string VendorId { get; }

    /// <summary>USB's number of the product.</summary>
    public string ProductId { get; }

    /// <summary>The serial number that it claims; empty if it has none.</summary>
    public string SerialNumber { get; }

    /// <summary>Where it is plugged in.</summary>
    public string Port { get; }

    /// <summary>What it can give, such as "MJPG 1280x720 @ 30"; empty where the system does not say (Windows).</summary>
    public string[] Formats { get; }

    /// <summary>Programs that have it open, as far as this account may see (Linux).</summary>
    public string[] UsedBy { get; }

    /// <summary>The channel whose publisher has it open; nothing if there is none that can be seen.</summary>
    public string? Channel { get; }

    /// <summary>Why it cannot be opened; nothing if it can.</summary>
    public string? Problem { get; }

    /// <summary>The name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";
}

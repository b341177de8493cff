using System.Collections.Generic;
using WinMmf.Text;

namespace WinMmf.Management.Cameras;

/// <summary>What the system says of a camera.</summary>
internal sealed class FoundCamera
{
    /// <summary>Makes one.</summary>
    public FoundCamera(string name, string path, string format, int number)
    {
        Name = ForeignText.Clean(name);
        Path = path;
        Format = format;
        Number = number;
    }

    /// <summary>The name that people know, such as "HD Webcam C270": as the device itself says.</summary>
    public string Name { get; }

    /// <summary>What opens it: /dev/video0 on Linux, the display name of its moniker on Windows.</summary>
    public string Path { get; }

    /// <summary>ffmpeg's and OpenCV's word for the way to it: v4l2 or dshow.</summary>
    public string Format { get; }

    /// <summary>Its number for OpenCV: that of /dev/videoN, or its place in the list of DirectShow.</summary>
    public int Number { get; }

    /// <summary>USB's number of the vendor, 4 hexadecimal digits; empty for what is not on USB.</summary>
    public string Vendor { get; set; } = "";

    /// <summary>USB's number of the product, likewise.</summary>
    public string Product { get; set; } = "";

    /// <summary>The serial number that the device claims to have; empty if it has none.</summary>
    public string Serial { get; set; } = "";

    /// <summary>Where it is plugged in, such as 1-2.3; the same after a restart of the machine.</summary>
    public string Port { get; set; } = "";

    /// <summary>Which of the pictures of one device, where it has several; 0 for the first.</summary>
    public int Part { get; set; }

    /// <summary>What it can give; empty where the system does not say.</summary>
    public IReadOnlyList<CameraFormat> Formats { get; set; } = [];

    /// <summary>Processes that have it open, as far as this account may see.</summary>
    public IReadOnlyList<CameraUser> Users { get; set; } = [];

    /// <summary>Why it cannot be asked what it can give; null if it could.</summary>
    public string? Fault { get; set; }

    /// <summary>True if this account may not open it.</summary>
    public bool IsDenied { get; set; }
}

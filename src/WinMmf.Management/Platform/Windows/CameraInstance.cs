using System;
using System.Text.RegularExpressions;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// What is in a device's path or instance id:
/// <c>\\?\usb#vid_046d&amp;pid_0825&amp;mi_00#6&amp;1234abcd&amp;0&amp;0000#{...}\global</c>.
/// </summary>
internal sealed class CameraInstance
{
    private static readonly Regex UsbIds = new(
        @"^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(&MI_[0-9A-F]{2})?\\([^\\]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private CameraInstance(string id, string vendor, string product, bool isPart, string serial)
    {
        Id = id;
        Vendor = vendor;
        Product = product;
        IsPart = isPart;
        Serial = serial;
    }

    /// <summary>What a device without a path has: nothing.</summary>
    public static CameraInstance None { get; } = new("", "", "", false, "");

    /// <summary>The instance id, with backslashes.</summary>
    public string Id { get; }

    /// <summary>USB's number of the vendor; empty for what is not on USB.</summary>
    public string Vendor { get; }

    /// <summary>USB's number of the product.</summary>
    public string Product { get; }

    /// <summary>True for one interface of a device with several: the serial number is its parent's.</summary>
    public bool IsPart { get; }

    /// <summary>The serial number; empty where Windows made the instance's last part up, which has an &amp;.</summary>
    public string Serial { get; }

    /// <summary>Reads a device's path; null if it is none.</summary>
    public static CameraInstance? FromPath(string path)
    {
        const string Prefix = @"\\?\";
        int end = path.IndexOf("#{", StringComparison.Ordinal);
        return path.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length
            ? FromId(path.Substring(Prefix.Length, end - Prefix.Length).Replace('#', '\\'))
            : null;
    }

    /// <summary>Reads an instance id.</summary>
    public static CameraInstance FromId(string id)
    {
        Match match = UsbIds.Match(id);
        if (!match.Success)
            return new CameraInstance(id, "", "", false, "");
        string last = match.Groups[4].Value;
        bool isPart = match.Groups[3].Success;
        return new CameraInstance(
            id,
            match.Groups[1].Value.ToLowerInvariant(),
            match.Groups[2].Value.ToLowerInvariant(),
            isPart,
            isPart || last.IndexOf('&') >= 0 ? "" : last);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Management.Cameras;

/// <summary>
/// Which camera is which, for ever. A device's path changes with the port and with the order of plugging in, and whole models share one
/// serial number; so a camera is its vendor and product with a serial number that no other camera of this machine has, otherwise with
/// its port.
/// </summary>
internal static class CameraIdentity
{
    private const string Usb = "usb:";

    /// <summary>The identities of all cameras of a machine, in their order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<FoundCamera> cameras) =>
        [.. cameras.Select(camera => Of(camera, cameras))];

    /// <summary>Finds a camera again by the identity that it had.</summary>
    /// <param name="id">The identity, as <see cref="Of(IReadOnlyList{FoundCamera})"/> gave it once.</param>
    /// <param name="cameras">The cameras of this machine now.</param>
    /// <param name="isFree">False for a camera that a program uses or claims: it is not the one that moved.</param>
    public static CameraMatch Find(string id, IReadOnlyList<FoundCamera> cameras, Func<FoundCamera, bool> isFree)
    {
        FoundCamera[] same = [.. cameras.Where(camera => Of(camera, cameras) == id)];
        if (same.Length == 1)
            return new CameraMatch(CameraMatchKind.Found, same[0], same);
        if (same.Length > 1)
            return new CameraMatch(CameraMatchKind.Ambiguous, null, same);

        // A serial number that was its own is so no more: another camera with the same one was plugged in.
        FoundCamera[] alike = [.. cameras.Where(camera => WithSerial(camera) == id)];
        if (alike.Length > 0)
            return OneOf(alike, isFree);

        // One with a serial number of its own is found by it or is not there. One without is known by its port alone, and may have moved.
        int port = id.IndexOf('@');
        if (port < 0 || !id.StartsWith(Usb, StringComparison.Ordinal))
            return new CameraMatch(CameraMatchKind.Absent, null, []);
        int part = id.LastIndexOf('#') is int mark && mark > port && int.TryParse(id.Substring(mark + 1), out int number) ? number : 0;
        string model = id.Substring(0, port);
        return OneOf(
            cameras.Where(camera => camera.Part == part && Model(camera) == model && !HasOwnSerial(camera, cameras)), isFree);
    }

    /// <summary>The only free one; never a guess among several.</summary>
    private static CameraMatch OneOf(IEnumerable<FoundCamera> candidates, Func<FoundCamera, bool> isFree)
    {
        FoundCamera[] moved = [.. candidates.Where(isFree)];
        return moved.Length switch
        {
            0 => new CameraMatch(CameraMatchKind.Absent, null, []),
            1 => new CameraMatch(CameraMatchKind.Moved, moved[0], moved),
            _ => new CameraMatch(CameraMatchKind.Ambiguous, null, moved),
        };
    }

    /// <summary>The identity of one camera.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="all">All cameras of the machine; it is one of them.</param>
    public static string Of(FoundCamera camera, IReadOnlyList<FoundCamera> all)
    {
        string part = PartOf(camera);
        if (camera.Vendor.Length == 0)
            return $"{camera.Format}:{(camera.Port.Length > 0 ? camera.Port : camera.Path)}{part}";
        return HasOwnSerial(camera, all)
            ? WithSerial(camera)
            : $"{Model(camera)}@{(camera.Port.Length > 0 ? camera.Port : camera.Path)}{part}";
    }

    private static string PartOf(FoundCamera camera) => camera.Part == 0 ? "" : $"#{camera.Part}";

    private static string WithSerial(FoundCamera camera) => $"{Model(camera)}:{camera.Serial}{PartOf(camera)}";

    private static string Model(FoundCamera camera) =>
        $"{Usb}{camera.Vendor.ToLowerInvariant()}:{camera.Product.ToLowerInvariant()}";

    /// <summary>A serial number that another device of the same model has too says nothing. Parts of one device share it rightly.</summary>
    private static bool HasOwnSerial(FoundCamera camera, IReadOnlyList<FoundCamera> all) =>
        camera.Vendor.Length > 0
        && camera.Serial.Length > 0
        && all.Count(other => other.Part == camera.Part && other.Serial == camera.Serial && Model(other) == Model(camera)) == 1;
}

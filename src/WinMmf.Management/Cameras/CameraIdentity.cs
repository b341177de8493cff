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
    /// <param name="isFree">False for a camera that somebody uses or claims: it is not the one that moved.</param>
    public static CameraMatch Find(string id, IReadOnlyList<FoundCamera> cameras, Func<FoundCamera, bool> isFree)
    {
        FoundCamera[] same = [.. cameras.Where(camera => Of(camera, cameras) == id)];
        if (same.Length == 1)
            return new CameraMatch(CameraMatchKind.Found, same[0], same);
        if (same.Length > 1)
            return new CameraMatch(CameraMatchKind.Ambiguous, null, same);

        // One with a serial number of its own is found by it or is not there. One without is known by its port alone, and may have moved.
        int port = id.IndexOf('@');
        if (port < 0 || !id.StartsWith(Usb, StringComparison.Ordinal))
            return new CameraMatch(CameraMatchKind.Absent, null, []);
        int part = id.LastIndexOf('#') is int mark && mark > port && int.TryParse(id.Substring(mark + 1), out int number) ? number : 0;
        string model = id.Substring(0, port);
        FoundCamera[] moved =
        [
            .. cameras.Where(camera => camera.Part == part && Model(camera) == model && !HasOwnSerial(camera, cameras) && isFree(camera)),
        ];
        return moved.Length switch
        {
            0 => new CameraMatch(CameraMatchKind.Absent, null, []),
            1 => new CameraMatch(CameraMatchKind.Moved, moved[0], moved),
            _ => new CameraMatch(CameraMatchKind.Ambiguous, null, moved),
        };
    }

    private static string Of(FoundCamera camera, IReadOnlyList<FoundCamera> all)
    {
        string part = camera.Part == 0 ? "" : $"#{camera.Part}";
        if (camera.Vendor.Length == 0)
            return $"{camera.Format}:{(camera.Port.Length > 0 ? camera.Port : camera.Path)}{part}";
        return HasOwnSerial(camera, all)
            ? $"{Model(camera)}:{camera.Serial}{part}"
            : $"{Model(camera)}@{(camera.Port.Length > 0 ? camera.Port : camera.Path)}{part}";
    }

    private static string Model(FoundCamera camera) =>
        $"{Usb}{camera.Vendor.ToLowerInvariant()}:{camera.Product.ToLowerInvariant()}";

    /// <summary>A serial number that another device of the same model has too says nothing. Parts of one device share it rightly.</summary>
    private static bool HasOwnSerial(FoundCamera camera, IReadOnlyList<FoundCamera> all) =>
        camera.Vendor.Length > 0
        && camera.Serial.Length > 0
        && all.Count(other => other.Part == camera.Part && other.Serial == camera.Serial && Model(other) == Model(camera)) == 1;
}

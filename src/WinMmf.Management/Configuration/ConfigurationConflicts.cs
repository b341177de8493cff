using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Cameras;
using WinMmf.Management.Json;
using WinMmf.Names;

namespace WinMmf.Management.Configuration;

/// <summary>What two entries of a file cannot share: a name, a device, a log.</summary>
internal static class ConfigurationConflicts
{
    /// <summary>Looks at what is written.</summary>
    public static void Find(IReadOnlyList<ConfigurationEntry> entries, List<ConfigurationFault> faults)
    {
        Dictionary<SharedName, ConfigurationEntry> names = new();
        Dictionary<string, ConfigurationEntry> devices = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, ConfigurationEntry> logs = new(StringComparer.Ordinal);
        foreach (ConfigurationEntry entry in entries)
        {
            Claim(names, entry.Request.Name, entry, entry.Place, "The name", "Choose another one", faults);
            if (entry.Request.MirrorName is string mirror)
                Claim(names, new SharedName(mirror, entry.Request.Name.Scope), entry, entry.Place, "The mirror's name",
                    "Choose another one", faults);
            if (entry.Device is string device)
                Claim(devices, device, entry, entry.SourcePlace, "The camera",
                    "A camera has one publisher, and any number of readers: remove one entry", faults);
            if (entry.Request.LogPath is string log)
                Claim(logs, log, entry, entry.Place, "The log", "Give each publisher a file of its own", faults);
        }
    }

    /// <summary>Looks at what the entries mean on this machine: two may name one camera in two ways.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cameras">The cameras of this machine now.</param>
    /// <returns>Errors for two entries of one camera; warnings for cameras that are not there, or that may be several.</returns>
    public static IReadOnlyList<ConfigurationFault> Find(IReadOnlyList<ConfigurationEntry> entries, IReadOnlyList<FoundCamera> cameras)
    {
        List<ConfigurationFault> faults = [];
        Dictionary<string, ConfigurationEntry> found = new();
        foreach (ConfigurationEntry entry in entries)
        {
            if (entry.Device is not string device)
                continue;
            try
            {
                FoundCamera camera = CameraChoice.Choose(device, cameras);
                Claim(
                    found,
                    CameraIdentity.Of(camera, cameras),
                    entry,
                    entry.SourcePlace,
                    $"The camera {camera.Name}",
                    "A camera has one publisher, and any number of readers: remove one entry, or name another camera by its id",
                    faults);
            }
            catch (WinMmfException e) when (entry.Request.Camera is not null)
            {
                // It may come later.
                faults.Add(new ConfigurationFault(entry.SourcePlace, e.Message, entry.Request.Name.Name, isWarning: true));
            }
            catch (WinMmfException)
            {
                // A device that is named as its back end likes it.
            }
        }

        return faults;
    }

    private static void Claim<TKey>(
        Dictionary<TKey, ConfigurationEntry> claimed, TKey key, ConfigurationEntry entry, JsonPlace place, string what,
        string remedy, List<ConfigurationFault> faults)
        where TKey : notnull
    {
        if (!claimed.TryGetValue(key, out ConfigurationEntry? other))
        {
            claimed.Add(key, entry);
            return;
        }

        string owner = other == entry ? "this entry" : $"the entry of line {other.Place.Line} ({other.Request.Name.Name})";
        faults.Add(new ConfigurationFault(place, $"{what} is that of {owner} too. {remedy}.", entry.Request.Name.Name));
    }
}

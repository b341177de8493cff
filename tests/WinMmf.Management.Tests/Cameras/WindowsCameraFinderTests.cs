using System;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.Win32;
using WinMmf.Management.Cameras;
using WinMmf.Management.Platform.Windows;
using Xunit;

namespace WinMmf.Management.Tests.Cameras;

/// <summary>DirectShow's list of cameras, by COM. Under Wine, where entries of the registry stand in for cameras.</summary>
public sealed class WindowsCameraFinderTests
{
    private const string Instances = @"CLSID\{860BB310-5D01-11D0-BD3B-00A0C911CE86}\Instance";

    [SkippableFact]
    public void Cameras_are_listed_with_name_number_and_identity()
    {
        Skip.IfNot(OperatingSystem.IsWindows() && IsWine(), "only Wine's registry may be filled with cameras that are none");
        string usb = Guid.NewGuid().ToString("B"), other = Guid.NewGuid().ToString("B");
        try
        {
            Add(usb, "Test camera", @"\\?\usb#vid_046d&pid_0825#A1B2#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global");
            Add(other, "Test without path", null);
            FoundCamera[] found = [.. new WindowsCameraFinder().Find()];
            Assert.Equal(Enumerable.Range(0, found.Length), found.Select(static camera => camera.Number));
            FoundCamera camera = found.Single(one => one.Path.EndsWith(usb, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(
                ("Test camera", "dshow", "046d", "0825", "A1B2", "A1B2"),
                (camera.Name, camera.Format, camera.Vendor, camera.Product, camera.Serial, camera.Port));
            Assert.Equal("usb:046d:0825:A1B2", CameraIdentity.Of(found)[camera.Number]);
            Assert.Equal("Test without path", found.Single(one => one.Path.EndsWith(other, StringComparison.OrdinalIgnoreCase)).Name);
        }
        finally
        {
            Remove(usb);
            Remove(other);
        }

        Assert.DoesNotContain(new WindowsCameraFinder().Find(), one => one.Path.EndsWith(usb, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsWine() =>
        NativeLibrary.TryLoad("ntdll.dll", out IntPtr library) && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    private static void Add(string id, string name, string? path)
    {
        if (!OperatingSystem.IsWindows())
            return;
        using RegistryKey key = Registry.ClassesRoot.CreateSubKey($@"{Instances}\{id}");
        key.SetValue("CLSID", "{17CCA71B-ECD7-11D0-B908-00A0C9223196}");
        key.SetValue("FriendlyName", name);
        if (path is not null)
            key.SetValue("DevicePath", path);
    }

    private static void Remove(string id)
    {
        if (OperatingSystem.IsWindows())
            Registry.ClassesRoot.DeleteSubKeyTree($@"{Instances}\{id}", throwOnMissingSubKey: false);
    }
}

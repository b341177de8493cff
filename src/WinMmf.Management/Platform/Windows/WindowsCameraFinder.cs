using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;
using System.Text;
using WinMmf.Errors;
using WinMmf.Management.Cameras;
using WinMmf.Platform.Windows.Native;

// Platform/Selection makes one on Windows alone; netstandard2.0 has no attribute to say so.
#pragma warning disable CA1416

namespace WinMmf.Management.Platform.Windows;

/// <summary>Cameras by DirectShow's list of devices. Their formats and users are not asked for: that would switch a camera on.</summary>
internal sealed class WindowsCameraFinder : ICameraFinder
{
    private const int Ok = 0;
    private const int Empty = 1;

    // A list that never ends must not keep us for ever.
    private const int Most = 256;

    /// <inheritdoc/>
    public IReadOnlyList<FoundCamera> Find()
    {
        List<FoundCamera> cameras = [];
        object? list = null;
        IEnumMoniker? devices = null;
        try
        {
            list = Activator.CreateInstance(Type.GetTypeFromCLSID(DirectShowDevices.SystemDeviceEnumerator, throwOnError: true)!);
            int result = ((DirectShowDevices.ICreateDevEnum)list!).CreateClassEnumerator(DirectShowDevices.VideoInput, out devices, 0);
            if (result == Empty || devices is null)
                return cameras;
            Marshal.ThrowExceptionForHR(result);
            IMoniker[] one = new IMoniker[1];
            while (cameras.Count < Most && devices.Next(1, one, IntPtr.Zero) == Ok)
            {
                try
                {
                    cameras.Add(Describe(one[0], cameras.Count));
                }
                finally
                {
                    Marshal.ReleaseComObject(one[0]);
                }
            }

            return cameras;
        }
        catch (Exception e) when (e is COMException or InvalidCastException or UnauthorizedAccessException)
        {
            throw new WinMmfException(
                WinMmfErrorId.SystemError,
                $"DirectShow does not list its cameras: {e.Message} On Server editions install the feature Media Foundation, on N "
                    + "editions the Media Feature Pack.",
                e.HResult,
                e);
        }
        finally
        {
            if (devices is not null)
                Marshal.ReleaseComObject(devices);
            if (list is not null)
                Marshal.ReleaseComObject(list);
        }
    }

    private static FoundCamera Describe(IMoniker moniker, int number)
    {
        moniker.GetDisplayName(null!, null!, out string display);
        string name = "", path = "";
        Guid type = typeof(DirectShowDevices.IPropertyBag).GUID;
        moniker.BindToStorage(null!, null!, ref type, out object storage);
        try
        {
            DirectShowDevices.IPropertyBag bag = (DirectShowDevices.IPropertyBag)storage;
            name = Read(bag, "FriendlyName");
            path = Read(bag, "DevicePath");
        }
        finally
        {
            Marshal.ReleaseComObject(storage);
        }

        // A virtual camera has no path, only a moniker.
        CameraInstance instance = CameraInstance.FromPath(path) ?? CameraInstance.None;
        (string serial, string port) = Locate(instance);
        return new FoundCamera(name.Length > 0 ? name : display, display, "dshow", number)
        {
            Vendor = instance.Vendor,
            Product = instance.Product,
            Serial = serial,
            Port = port,
        };
    }

    private static string Read(DirectShowDevices.IPropertyBag bag, string name)
    {
        object? value = null;
        return bag.Read(name, ref value, IntPtr.Zero) == Ok ? value as string ?? "" : "";
    }

    /// <summary>The serial number, for one interface of a device that of the device, and where it is plugged in.</summary>
    private static (string Serial, string Port) Locate(CameraInstance instance)
    {
        string port = instance.Id.Substring(instance.Id.LastIndexOf('\\') + 1);
        if (instance.Id.Length == 0 || CfgMgr32.CM_Locate_DevNodeW(out uint device, instance.Id, 0) != Ok)
            return (instance.Serial, port);
        string serial = instance.Serial;
        if (instance.IsPart && CfgMgr32.CM_Get_Parent(out uint parent, device, 0) == Ok)
        {
            StringBuilder id = new(512);
            if (CfgMgr32.CM_Get_Device_IDW(parent, id, (uint)id.Capacity, 0) == Ok)
                serial = CameraInstance.FromId(id.ToString()).Serial;
            device = parent;
        }

        byte[] bytes = new byte[4096];
        uint length = (uint)bytes.Length;
        if (CfgMgr32.CM_Get_DevNode_Registry_PropertyW(device, CfgMgr32.LocationPaths, out _, bytes, ref length, 0) == Ok)
        {
            string paths = Encoding.Unicode.GetString(bytes, 0, (int)Math.Min(length, (uint)bytes.Length));
            string first = paths.Split('\0')[0];
            if (first.Length > 0)
                port = first;
        }

        return (serial, port);
    }
}

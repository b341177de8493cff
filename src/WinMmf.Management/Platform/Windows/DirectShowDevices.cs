using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace WinMmf.Management.Platform.Windows;

/// <summary>DirectShow's list of devices, by COM.</summary>
internal static class DirectShowDevices
{
    /// <summary>The category of cameras.</summary>
    public static readonly Guid VideoInput = new("860BB310-5D01-11D0-BD3B-00A0C911CE86");

    /// <summary>The class that makes such lists.</summary>
    public static readonly Guid SystemDeviceEnumerator = new("62BE5D10-60EB-11D0-BD3B-00A0C911CE86");

    /// <summary>Makes a list of the devices of a category.</summary>
    [ComImport]
    [Guid("29840822-5B84-11D0-BD3B-00A0C911CE86")]
    [InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface ICreateDevEnum
    {
        /// <summary>S_FALSE and no list where the category is empty.</summary>
        [PreserveSig]
        int CreateClassEnumerator(in Guid category, out IEnumMoniker? devices, int flags);
    }

    /// <summary>A device's properties.</summary>
    [ComImport]
    [Guid("55272A00-42CB-11CE-8135-00AA004BB851")]
    [InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IPropertyBag
    {
        /// <summary>Reads one, such as FriendlyName or DevicePath.</summary>
        [PreserveSig]
        int Read([MarshalAs(UnmanagedType.LPWStr)] string name, ref object? value, IntPtr errorLog);
    }
}

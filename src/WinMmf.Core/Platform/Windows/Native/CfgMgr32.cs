using System.Runtime.InteropServices;
using System.Text;

namespace WinMmf.Platform.Windows.Native;

/// <summary>The tree of devices.</summary>
internal static class CfgMgr32
{
    /// <summary>Property: the device's location, the same after a restart, as a list of texts.</summary>
    public const uint LocationPaths = 0x24;

    private const string Library = "cfgmgr32.dll";

    /// <summary>Finds a device by its instance id; 0 for success.</summary>
    [DllImport(Library, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern uint CM_Locate_DevNodeW(out uint device, string instanceId, uint flags);

    /// <summary>The device that a device belongs to; 0 for success.</summary>
    [DllImport(Library, ExactSpelling = true)]
    public static extern uint CM_Get_Parent(out uint parent, uint device, uint flags);

    /// <summary>A device's instance id; 0 for success.</summary>
    [DllImport(Library, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern uint CM_Get_Device_IDW(uint device, StringBuilder buffer, uint length, uint flags);

    /// <summary>One of a device's properties; 0 for success. The length is in bytes.</summary>
    [DllImport(Library, ExactSpelling = true)]
    public static extern uint CM_Get_DevNode_Registry_PropertyW(
        uint device, uint property, out uint type, [Out] byte[] buffer, ref uint length, uint flags);
}

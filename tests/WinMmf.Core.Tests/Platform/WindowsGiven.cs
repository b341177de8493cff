using System;
using System.Runtime.InteropServices;
using WinMmf.Memory;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What tests of the Windows side need.</summary>
internal static class WindowsGiven
{
    private const uint PageReadWrite = 0x04;
    private const uint SecReserve = 0x0400_0000;

    /// <summary>Makes a section as a foreign program would: with an access list of its own, or reserved and not committed.</summary>
    public static SafeKernelHandle CreateForeignSection(SharedName name, string sddl, int size, bool reserveOnly = false)
    {
        Assert.True(Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, out SafeLocalMemory descriptor, IntPtr.Zero), sddl);
        using (descriptor)
        {
            SecurityAttributes attributes = new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor.Address };
            uint protection = reserveOnly ? PageReadWrite | SecReserve : PageReadWrite;
            SafeKernelHandle handle = Kernel32.CreateFileMappingW(new IntPtr(-1), in attributes, protection, 0, (uint)size, WindowsObjectName.For(name, string.Empty));
            Assert.False(handle.IsInvalid);
            return handle;
        }
    }
}

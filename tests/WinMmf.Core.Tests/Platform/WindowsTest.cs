using System;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What tests of the Windows platform share: they are skipped elsewhere, and every test has a name of its own.</summary>
public abstract class WindowsTest
{
    private const uint PageReadWrite = 0x04;
    private const uint SecReserve = 0x0400_0000;
    private static int _counter;
    private readonly Lazy<IPlatform> _platform = new(() => new WindowsPlatform());

    protected WindowsTest() =>
        Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Windows),
            "Windows kernel objects exist on Windows (and under Wine) only; tests/wine/run runs this test on Linux.");

    /// <summary>True under Wine, which is not Windows in everything.</summary>
    private protected static bool IsWine { get; } =
        NativeLibrary.TryLoad("ntdll.dll", out IntPtr library) && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    private protected IPlatform Platform => _platform.Value;

    private protected static SharedName NewName(NameScope scope = NameScope.Local) =>
        new($"test-{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}", scope);

    /// <summary>Makes an event as a foreign program would, which needs no privilege in any scope.</summary>
    private protected static SafeKernelHandle CreateForeignEvent(SharedName name, string suffix, string sddl)
    {
        using SafeLocalMemory descriptor = WindowsSecurityDescriptor.TryConvert(sddl, out _)!;
        SecurityAttributes attributes = new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor.Address };
        SafeKernelHandle handle = Kernel32.CreateEventW(
            in attributes, manualReset: true, initialState: false, WindowsObjectName.For(name, suffix));
        Assert.False(handle.IsInvalid);
        return handle;
    }

    /// <summary>Makes a section as a foreign program would: with an access list of its own, or reserved and not committed.</summary>
    private protected static SafeKernelHandle CreateForeignSection(
        SharedName name, string sddl, int size, bool reserveOnly = false, string suffix = "")
    {
        Assert.True(
            Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, out SafeLocalMemory descriptor, IntPtr.Zero), sddl);
        using (descriptor)
        {
            SecurityAttributes attributes = new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor.Address };
            uint protection = reserveOnly ? PageReadWrite | SecReserve : PageReadWrite;
            SafeKernelHandle handle = Kernel32.CreateFileMappingW(
                new IntPtr(-1), in attributes, protection, 0, (uint)size, WindowsObjectName.For(name, suffix));
            Assert.False(handle.IsInvalid);
            return handle;
        }
    }
}

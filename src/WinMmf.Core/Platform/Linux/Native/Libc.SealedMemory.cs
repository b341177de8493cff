using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Memory without a name that can be sealed.</summary>
internal static partial class Libc
{
    private const nint CloseMemoryOnExec = 1;
    private const nint AllowSealing = 2;

    // By number: older C libraries have no memfd_create().
    private static readonly nint MemfdNumber = ByArchitecture(x64: 319, arm64: 279);

    /// <summary>Makes memory without a name that can be sealed.</summary>
    public static int CreateMemory(string label, out DescriptorHandle descriptor)
    {
        descriptor = new DescriptorHandle((int)MemfdNative(MemfdNumber, Text(label), CloseMemoryOnExec | AllowSealing));
        return descriptor.IsInvalid ? Marshal.GetLastWin32Error() : 0;
    }

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint MemfdNative(nint number, byte[] label, nint flags);

    /// <summary>Sets a file's size.</summary>
    public static int SetSize(DescriptorHandle descriptor, long size)
    {
        while (FtruncateNative(descriptor, size) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    private static extern int FtruncateNative(DescriptorHandle descriptor, long size);

    /// <summary>Seals of memory without a name: no more seals, no shrinking, no growing.</summary>
    public const int SealSeals = 1;

    /// <summary>No shrinking.</summary>
    public const int SealShrink = 2;

    /// <summary>No growing.</summary>
    public const int SealGrow = 4;

    private const int AddSealsCommand = 1033;
    private const int GetSealsCommand = 1034;

    /// <summary>Seals memory; it cannot be undone.</summary>
    public static int AddSeals(DescriptorHandle descriptor, int seals) =>
        FcntlSealsNative(descriptor, AddSealsCommand, seals) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>The seals of memory; 0 for what cannot be sealed.</summary>
    public static int GetSeals(DescriptorHandle descriptor)
    {
        int seals = FcntlSealsNative(descriptor, GetSealsCommand, 0);
        return seals < 0 ? 0 : seals;
    }

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int FcntlSealsNative(DescriptorHandle descriptor, int command, int seals);
}

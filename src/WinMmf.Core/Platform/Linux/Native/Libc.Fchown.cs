using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Gives a file to a group.</summary>
    public static int SetGroup(DescriptorHandle descriptor, uint group)
    {
        while (FchownNative(descriptor, Unchanged, group) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "fchown", SetLastError = true)]
    private static extern int FchownNative(DescriptorHandle descriptor, uint user, uint group);
}

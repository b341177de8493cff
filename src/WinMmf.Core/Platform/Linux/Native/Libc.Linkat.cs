using System.Globalization;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int CurrentDirectory = -100;
    private const int FollowSymbolicLink = 0x400;

    /// <summary>Gives a name to an open file that has none; EEXIST if the name is taken.</summary>
    public static int Link(DescriptorHandle descriptor, string path)
    {
        bool referenced = false;
        try
        {
            descriptor.DangerousAddRef(ref referenced);
            byte[] source = Text("/proc/self/fd/" + descriptor.DangerousGetHandle().ToInt64().ToString(CultureInfo.InvariantCulture));
            byte[] target = Text(path);
            while (LinkatNative(CurrentDirectory, source, CurrentDirectory, target, FollowSymbolicLink) != 0)
            {
                int error = Marshal.GetLastWin32Error();
                if (error != Errno.EINTR)
                    return error;
            }

            return 0;
        }
        finally
        {
            if (referenced)
                descriptor.DangerousRelease();
        }
    }

    [DllImport(Library, EntryPoint = "linkat", SetLastError = true)]
    private static extern int LinkatNative(int sourceDirectory, byte[] source, int targetDirectory, byte[] target, int flags);
}

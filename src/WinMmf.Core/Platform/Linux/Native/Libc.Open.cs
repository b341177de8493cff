using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    // No waiting for the other end of a pipe that somebody planted at a name.
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x8_0000;

    /// <summary>With <see cref="ReadWrite"/> on a directory: a file without a name. Contains O_DIRECTORY.</summary>
    public static readonly int Unnamed = 0x40_0000 | (IsArm ? 0x4000 : 0x1_0000);

    private static readonly int NoFollow = IsArm ? 0x8000 : 0x2_0000;

    /// <summary>Opens a file; never follows a symbolic link, never hands the descriptor to another program.</summary>
    public static int Open(string path, int flags, int mode, out DescriptorHandle descriptor)
    {
        byte[] text = Text(path);
        while (true)
        {
            descriptor = new DescriptorHandle(OpenNative(text, flags | NoFollow | NonBlocking | CloseOnExec, mode));
            if (!descriptor.IsInvalid)
                return 0;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }
    }

    [DllImport(Library, EntryPoint = "open", SetLastError = true)]
    private static extern int OpenNative(byte[] path, int flags, int mode);
}

using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    private const int EmptyPath = 0x1000;
    private const int NoFollowSymbolicLink = 0x100;
    private const uint BasicFields = 0x7FF;

    // By number: older C libraries have no statx().
    private static readonly nint StatxNumber = ByArchitecture(x64: 332, arm64: 291);

    /// <summary>The status of an open file.</summary>
    public static unsafe int GetStatus(DescriptorHandle descriptor, out FileStatus status)
    {
        byte empty = 0;
        FileStatus result;
        int error = StatxNative(StatxNumber, descriptor, &empty, EmptyPath, BasicFields, &result) == 0 ? 0 : Marshal.GetLastWin32Error();
        status = result;
        return error;
    }

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern unsafe nint StatxNative(nint number, DescriptorHandle directory, byte* path, nint flags, nuint mask, FileStatus* status);
}

using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Folders, and files in them by the folder's descriptor.</summary>
internal static partial class Libc
{
    /// <summary>Open flag: only to pass through, not to read.</summary>
    public const int PathOnly = 0x20_0000;

    /// <summary>Open flag: nothing but a folder.</summary>
    public static readonly int Folder = IsArm ? 0x4000 : 0x1_0000;

    /// <summary>Opens a file in an open folder, as <see cref="Open"/> does.</summary>
    public static int OpenAt(DescriptorHandle folder, string name, int flags, int mode, out DescriptorHandle descriptor)
    {
        byte[] text = Text(name);
        while (true)
        {
            descriptor = new DescriptorHandle(OpenatNative(folder, text, flags | NoFollow | NonBlocking | CloseOnExec, mode));
            if (!descriptor.IsInvalid)
                return 0;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }
    }

    [DllImport(Library, EntryPoint = "openat", SetLastError = true)]
    private static extern int OpenatNative(DescriptorHandle folder, byte[] name, int flags, int mode);

    /// <summary>Removes an empty folder.</summary>
    public static int RemoveFolder(string path) => RmdirNative(Text(path)) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "rmdir", SetLastError = true)]
    private static extern int RmdirNative(byte[] path);

    /// <summary>Removes a file's name from an open folder.</summary>
    public static int UnlinkAt(DescriptorHandle folder, string name) =>
        UnlinkatNative(folder, Text(name), 0) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    private static extern int UnlinkatNative(DescriptorHandle folder, byte[] name, int flags);

    /// <summary>The status of what an open folder has under a name; a symbolic link's own.</summary>
    public static unsafe int GetStatus(DescriptorHandle folder, string name, out FileStatus status)
    {
        FileStatus result;
        int error = StatxInFolderNative(StatxNumber, folder, Text(name), NoFollowSymbolicLink, BasicFields, &result) == 0
            ? 0
            : Marshal.GetLastWin32Error();
        status = result;
        return error;
    }

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern unsafe nint StatxInFolderNative(
        nint number, DescriptorHandle folder, byte[] name, nint flags, nuint mask, FileStatus* status);

    /// <summary>Sets the permissions of what an open folder has under a name.</summary>
    public static int ChangeMode(DescriptorHandle folder, string name, int mode) =>
        FchmodatNative(folder, Text(name), (uint)mode, 0) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>Sets the permissions of what a path names.</summary>
    public static int ChangeMode(string path, int mode) =>
        FchmodatPathNative(CurrentDirectory, Text(path), (uint)mode, 0) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    private static extern int FchmodatPathNative(int folder, byte[] path, uint mode, int flags);

    [DllImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    private static extern int FchmodatNative(DescriptorHandle folder, byte[] name, uint mode, int flags);

    /// <summary>Gives what an open folder has under a name to a group.</summary>
    public static int ChangeGroup(DescriptorHandle folder, string name, uint group) =>
        FchownatNative(folder, Text(name), Unchanged, group, NoFollowSymbolicLink) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>Gives what a path names to a group.</summary>
    public static int ChangeGroup(string path, uint group) =>
        FchownatPathNative(CurrentDirectory, Text(path), Unchanged, group, NoFollowSymbolicLink) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    private static extern int FchownatPathNative(int folder, byte[] path, uint user, uint group, int flags);

    [DllImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    private static extern int FchownatNative(DescriptorHandle folder, byte[] name, uint user, uint group, int flags);
}

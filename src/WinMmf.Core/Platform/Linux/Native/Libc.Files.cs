using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Files: open, name, own, ask about.</summary>
internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    // Does not wait for the other end of a pipe that another account made under the name.
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x8_0000;

    /// <summary>With <see cref="ReadWrite"/> on a directory: a file without a name. Contains O_DIRECTORY.</summary>
    public static readonly int Unnamed = 0x40_0000 | (IsArm ? 0x4000 : 0x1_0000);

    private static readonly int NoFollow = IsArm ? 0x8000 : 0x2_0000;

    /// <summary>Opens a file; never follows a symbolic link, and child processes do not inherit the descriptor.</summary>
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

    /// <summary>Closes a descriptor; 0 or -1.</summary>
    [DllImport(Library, EntryPoint = "close")]
    public static extern int Close(int descriptor);

    private const int CurrentDirectory = -100;
    private const int FollowSymbolicLink = 0x400;

    /// <summary>Gives a name to an open file that has none; EEXIST if the name is taken.</summary>
    public static int Link(DescriptorHandle descriptor, string path) => Link(descriptor, null, path);

    /// <summary>Gives a name in an open folder to an open file that has none; EEXIST if the name is taken.</summary>
    public static int LinkAt(DescriptorHandle descriptor, DescriptorHandle folder, string name) => Link(descriptor, folder, name);

    private static int Link(DescriptorHandle descriptor, DescriptorHandle? folder, string name)
    {
        bool hasDescriptor = false, hasFolder = false;
        try
        {
            descriptor.DangerousAddRef(ref hasDescriptor);
            folder?.DangerousAddRef(ref hasFolder);
            byte[] source = Text("/proc/self/fd/" + descriptor.DangerousGetHandle().ToInt64().ToString(CultureInfo.InvariantCulture));
            byte[] target = Text(name);
            int directory = folder?.DangerousGetHandle().ToInt32() ?? CurrentDirectory;
            while (LinkatNative(CurrentDirectory, source, directory, target, FollowSymbolicLink) != 0)
            {
                int error = Marshal.GetLastWin32Error();
                if (error != Errno.EINTR)
                    return error;
            }

            return 0;
        }
        finally
        {
            if (hasDescriptor)
                descriptor.DangerousRelease();
            if (hasFolder)
                folder!.DangerousRelease();
        }
    }

    [DllImport(Library, EntryPoint = "linkat", SetLastError = true)]
    private static extern int LinkatNative(int sourceDirectory, byte[] source, int targetDirectory, byte[] target, int flags);

    /// <summary>Removes a name.</summary>
    public static int Unlink(string path)
    {
        byte[] text = Text(path);
        while (UnlinkNative(text) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "unlink", SetLastError = true)]
    private static extern int UnlinkNative(byte[] path);

    /// <summary>What a symbolic link says, or null.</summary>
    public static unsafe string? ReadLink(string path)
    {
        const int Most = 4096;
        byte* buffer = stackalloc byte[Most];
        nint length = ReadlinkNative(Text(path), buffer, (UIntPtr)Most);
        return length is > 0 and < Most ? Encoding.UTF8.GetString(buffer, (int)length) : null;
    }

    [DllImport(Library, EntryPoint = "readlink", SetLastError = true)]
    private static extern unsafe nint ReadlinkNative(byte[] path, byte* buffer, UIntPtr size);

    /// <summary>An extended attribute of what a path leads to; empty if there is none, or it may not be read.</summary>
    public static unsafe byte[] ReadAttribute(string path, string attribute)
    {
        const int Most = 65_536;
        byte[] value = new byte[Most];
        fixed (byte* buffer = value)
        {
            nint length = GetxattrNative(Text(path), Text(attribute), buffer, (UIntPtr)Most);
            Array.Resize(ref value, (int)Math.Max(0, length));
        }

        return value;
    }

    [DllImport(Library, EntryPoint = "getxattr", SetLastError = true)]
    private static extern unsafe nint GetxattrNative(byte[] path, byte[] attribute, byte* buffer, UIntPtr size);

    /// <summary>Sets a file's permissions.</summary>
    public static int Fchmod(DescriptorHandle descriptor, int mode)
    {
        while (FchmodNative(descriptor, mode) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    private static extern int FchmodNative(DescriptorHandle descriptor, int mode);

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

    /// <summary>Gives a file to a user; for root.</summary>
    public static int SetOwner(DescriptorHandle descriptor, uint user)
    {
        while (FchownNative(descriptor, user, Unchanged) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "fchown", SetLastError = true)]
    private static extern int FchownNative(DescriptorHandle descriptor, uint user, uint group);

    // The kernel undoes a reservation that a signal interrupts; in pieces, a large section makes progress in spite of signals.
    private const long Piece = 16 << 20;

    /// <summary>Reserves a file's bytes, and makes it so long.</summary>
    public static int Reserve(DescriptorHandle descriptor, long length)
    {
        for (long offset = 0; offset < length;)
        {
            long piece = Math.Min(Piece, length - offset);

            // Unlike the others it returns its error.
            int error = PosixFallocateNative(descriptor, offset, piece);
            if (error == 0)
                offset += piece;
            else if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "posix_fallocate")]
    private static extern int PosixFallocateNative(DescriptorHandle descriptor, long offset, long length);

    /// <summary>Free and total bytes of a file system; false if it cannot be asked.</summary>
    public static unsafe bool TryGetSpace(string path, out ulong free, out ulong total)
    {
        // struct statvfs of 64-bit Linux begins: f_bsize, f_frsize, f_blocks, f_bfree, f_bavail.
        ulong* status = stackalloc ulong[32];
        if (StatvfsNative(Text(path), status) != 0)
        {
            free = total = 0;
            return false;
        }

        total = unchecked(status[1] * status[2]);
        free = unchecked(status[1] * status[4]);
        return true;
    }

    [DllImport(Library, EntryPoint = "statvfs", SetLastError = true)]
    private static extern unsafe int StatvfsNative(byte[] path, ulong* status);

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
    private static extern unsafe nint StatxNative(
        nint number, DescriptorHandle directory, byte* path, nint flags, nuint mask, FileStatus* status);

    /// <summary>The status of what a path names, of a symbolic link itself unless it is to be followed.</summary>
    public static unsafe int GetStatus(string path, bool follow, out FileStatus status)
    {
        FileStatus result;
        int error = StatxPathNative(StatxNumber, CurrentDirectory, Text(path), follow ? 0 : NoFollowSymbolicLink, BasicFields, &result) == 0
            ? 0
            : Marshal.GetLastWin32Error();
        status = result;
        return error;
    }

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern unsafe nint StatxPathNative(nint number, nint directory, byte[] path, nint flags, nuint mask, FileStatus* status);

    /// <summary>Makes a directory; EEXIST if something has the name.</summary>
    public static int MakeDirectory(string path, int mode) => MkdirNative(Text(path), mode) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "mkdir", SetLastError = true)]
    private static extern int MkdirNative(byte[] path, int mode);
}

using System.Globalization;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// Sockets in a folder. They go through the folder's descriptor: no other folder can be put in its place, and the path is short enough.
/// </summary>
internal static class LinuxSocketPath
{
    public static int Bind(DescriptorHandle socket, LinuxFolder folder, string name) =>
        Use(folder, name, (in SocketAddress address) => Libc.Bind(socket, in address));

    public static int Connect(DescriptorHandle socket, LinuxFolder folder, string name) =>
        Use(folder, name, (in SocketAddress address) => Libc.Connect(socket, in address));

    private delegate int AddressUser(in SocketAddress address);

    private static int Use(LinuxFolder folder, string name, AddressUser user)
    {
        bool referenced = false;
        try
        {
            folder.Descriptor.DangerousAddRef(ref referenced);
            string path = string.Format(
                CultureInfo.InvariantCulture, "/proc/self/fd/{0}/{1}", folder.Descriptor.DangerousGetHandle().ToInt64(), name);
            return SocketAddress.TryMake(path, out SocketAddress address) ? user(in address) : Errno.EINVAL;
        }
        finally
        {
            if (referenced)
                folder.Descriptor.DangerousRelease();
        }
    }
}

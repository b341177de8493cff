using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary>Sockets of this machine, and who is at their other end.</summary>
internal static partial class Libc
{
    private const int UnixFamily = 1;

    /// <summary>SOCK_STREAM: bytes without bounds.</summary>
    public const int StreamSocket = 1;

    /// <summary>SOCK_SEQPACKET: messages that are kept apart.</summary>
    public const int MessageSocket = 5;

    /// <summary>Makes a socket of this machine; it never blocks and is not inherited.</summary>
    public static int CreateSocket(int type, out DescriptorHandle descriptor)
    {
        descriptor = new DescriptorHandle(SocketNative(UnixFamily, type | NonBlocking | CloseOnExec, 0));
        return descriptor.IsInvalid ? Marshal.GetLastWin32Error() : 0;
    }

    [DllImport(Library, EntryPoint = "socket", SetLastError = true)]
    private static extern int SocketNative(int family, int type, int protocol);

    /// <summary>Gives a socket its path.</summary>
    public static int Bind(DescriptorHandle descriptor, in SocketAddress address) =>
        BindNative(descriptor, in address, (uint)Marshal.SizeOf<SocketAddress>()) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "bind", SetLastError = true)]
    private static extern int BindNative(DescriptorHandle descriptor, in SocketAddress address, uint length);

    /// <summary>Lets others connect to a socket; so many wait at most.</summary>
    public static int Listen(DescriptorHandle descriptor, int backlog) =>
        ListenNative(descriptor, backlog) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "listen", SetLastError = true)]
    private static extern int ListenNative(DescriptorHandle descriptor, int backlog);

    /// <summary>Takes the next connection; EAGAIN if there is none.</summary>
    public static int Accept(DescriptorHandle descriptor, out DescriptorHandle connection)
    {
        while (true)
        {
            connection = new DescriptorHandle(Accept4Native(descriptor, IntPtr.Zero, IntPtr.Zero, NonBlocking | CloseOnExec));
            if (!connection.IsInvalid)
                return 0;
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }
    }

    [DllImport(Library, EntryPoint = "accept4", SetLastError = true)]
    private static extern int Accept4Native(DescriptorHandle descriptor, IntPtr address, IntPtr length, int flags);

    /// <summary>Connects to a socket, or gives EAGAIN where too many wait already.</summary>
    public static int Connect(DescriptorHandle descriptor, in SocketAddress address)
    {
        while (ConnectNative(descriptor, in address, (uint)Marshal.SizeOf<SocketAddress>()) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "connect", SetLastError = true)]
    private static extern int ConnectNative(DescriptorHandle descriptor, in SocketAddress address, uint length);

    private const int SocketLevel = 1;
    private const int PeerCredentialsOption = 17;
    private const int PeerGroupsOption = 59;

    /// <summary>Who is at the other end of a connection, or who listens.</summary>
    public static unsafe int GetPeer(DescriptorHandle descriptor, out PeerCredentials peer)
    {
        PeerCredentials result = default;
        uint length = (uint)sizeof(PeerCredentials);
        int error = GetsockoptNative(descriptor, SocketLevel, PeerCredentialsOption, &result, &length) == 0
            ? 0 : Marshal.GetLastWin32Error();
        peer = result;
        return error;
    }

    /// <summary>The supplementary groups of the other end; none where the system does not tell.</summary>
    public static unsafe uint[] GetPeerGroups(DescriptorHandle descriptor)
    {
        // A process has up to 65,536 of them; the first answer says how many.
        uint length = 0;
        GetsockoptNative(descriptor, SocketLevel, PeerGroupsOption, null, &length);
        uint[] groups = new uint[length / sizeof(uint)];
        fixed (uint* to = groups)
            return length == 0 || GetsockoptNative(descriptor, SocketLevel, PeerGroupsOption, to, &length) != 0
                ? Array.Empty<uint>()
                : groups;
    }

    [DllImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    private static extern unsafe int GetsockoptNative(DescriptorHandle descriptor, int level, int option, void* value, uint* length);

    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    /// <summary>Sends a message, with a descriptor if one is given; never waits.</summary>
    public static unsafe int Send(DescriptorHandle connection, byte* message, int length, DescriptorHandle? descriptor)
    {
        bool referenced = false;
        try
        {
            ControlMessageHeader control = default;
            MessagePart part = new() { Address = message, Length = (nuint)length };
            MessageHeader header = new() { Parts = &part, PartCount = 1 };
            if (descriptor is not null)
            {
                descriptor.DangerousAddRef(ref referenced);
                control.Length = ControlMessageHeader.LengthOfOne;
                control.Level = ControlMessageHeader.SocketLevel;
                control.Type = ControlMessageHeader.Descriptors;
                control.Descriptor = descriptor.DangerousGetHandle().ToInt32();
                header.Control = &control;
                header.ControlLength = (nuint)sizeof(ControlMessageHeader);
            }

            while (SendmsgNative(connection, &header, DoNotWait | NoSignal) < 0)
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
                descriptor!.DangerousRelease();
        }
    }

    [DllImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    private static extern unsafe nint SendmsgNative(DescriptorHandle connection, MessageHeader* message, int flags);

    private const int CloseReceivedOnExec = 0x4000_0000;

    /// <summary>Takes a message that is there, and the descriptor in it; EAGAIN if there is none yet. A length of 0 is the end.</summary>
    public static unsafe int Receive(
        DescriptorHandle connection, byte* message, int capacity, out int length, out DescriptorHandle? descriptor)
    {
        descriptor = null;
        length = 0;
        ControlMessageHeader control = default;
        MessagePart part = new() { Address = message, Length = (nuint)capacity };
        MessageHeader header =
            new() { Parts = &part, PartCount = 1, Control = &control, ControlLength = (nuint)sizeof(ControlMessageHeader) };
        nint received;
        while ((received = RecvmsgNative(connection, &header, DoNotWait | CloseReceivedOnExec)) < 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error != Errno.EINTR)
                return error;
        }

        length = (int)received;

        // The buffer has room for one descriptor, so the kernel closes any more.
        if (header.ControlLength >= ControlMessageHeader.LengthOfOne && control.Level == ControlMessageHeader.SocketLevel
            && control.Type == ControlMessageHeader.Descriptors)
            descriptor = new DescriptorHandle(control.Descriptor);
        return 0;
    }

    [DllImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    private static extern unsafe nint RecvmsgNative(DescriptorHandle connection, MessageHeader* message, int flags);

    private const short Readable = 1;

    /// <summary>Waits until a socket has something to read, or has ended; false if the time is over.</summary>
    public static unsafe bool WaitReadable(DescriptorHandle descriptor, int milliseconds)
    {
        bool referenced = false;
        try
        {
            descriptor.DangerousAddRef(ref referenced);
            PollEntry entry = new() { Descriptor = descriptor.DangerousGetHandle().ToInt32(), Events = Readable };
            return PollNative(&entry, 1, milliseconds) > 0;
        }
        finally
        {
            if (referenced)
                descriptor.DangerousRelease();
        }
    }

    [DllImport(Library, EntryPoint = "poll", SetLastError = true)]
    private static extern unsafe int PollNative(PollEntry* entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}

/// <summary><c>struct sockaddr_un</c>: the path of a socket.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2 + PathBytes)]
internal unsafe struct SocketAddress
{
    private const int PathBytes = 108;
    private const ushort Unix = 1;

    private ushort _family;
    private fixed byte _path[PathBytes];

    /// <summary>The longest path, in UTF-8 bytes.</summary>
    public const int MostBytes = PathBytes - 1;

    /// <summary>Makes an address; false if the path is too long for one.</summary>
    public static bool TryMake(string path, out SocketAddress address)
    {
        address = default;
        byte[] bytes = Libc.Text(path);
        if (bytes.Length > PathBytes)
            return false;
        address._family = Unix;
        for (int i = 0; i < bytes.Length; i++)
            address._path[i] = bytes[i];
        return true;
    }
}

/// <summary><c>struct ucred</c>: who is at the other end of a socket, as it was when the connection was made.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerCredentials
{
    public int ProcessId;
    public uint UserId;
    public uint GroupId;
}

/// <summary><c>struct msghdr</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public nuint NameLength;
    public MessagePart* Parts;
    public nuint PartCount;
    public ControlMessageHeader* Control;
    public nuint ControlLength;
    public nuint Flags;
}

/// <summary><c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessagePart
{
    public void* Address;
    public nuint Length;
}

/// <summary><c>struct cmsghdr</c> of 64-bit Linux, with the one descriptor that we send.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlMessageHeader
{
    /// <summary>SOL_SOCKET.</summary>
    public const int SocketLevel = 1;

    /// <summary>SCM_RIGHTS.</summary>
    public const int Descriptors = 1;

    /// <summary>Header and one descriptor, without the bytes behind it.</summary>
    public const int LengthOfOne = 20;

    public nuint Length;
    public int Level;
    public int Type;
    public int Descriptor;
    public int Padding;
}

using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    /// <summary>A client wants to connect.</summary>
    public const uint EventReadable = 0x001;

    /// <summary>The other end has closed.</summary>
    public const uint EventHangUp = 0x2000;

    private const int AddWatch = 1;
    private const int RemoveWatch = 2;

    /// <summary>x64 packs its events, for programs of 32 bit; others don't.</summary>
    private static readonly int EventBytes = IsArm ? 16 : 12;
    private static readonly int EventKeyOffset = IsArm ? 8 : 4;

    /// <summary>Makes a set of descriptors to wait for.</summary>
    public static int CreateWatch(out DescriptorHandle watch)
    {
        watch = new DescriptorHandle(EpollCreateNative(CloseOnExec));
        return watch.IsInvalid ? Marshal.GetLastWin32Error() : 0;
    }

    /// <summary>Adds a descriptor, with the key by which its events are known.</summary>
    public static unsafe int Watch(DescriptorHandle watch, DescriptorHandle descriptor, uint events, long key)
    {
        byte* entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + EventKeyOffset) = key;
        return EpollControlNative(watch, AddWatch, descriptor, entry) == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>Takes a descriptor out.</summary>
    public static unsafe int Unwatch(DescriptorHandle watch, DescriptorHandle descriptor)
    {
        byte* entry = stackalloc byte[16];
        return EpollControlNative(watch, RemoveWatch, descriptor, entry) == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    /// <summary>Waits for events.</summary>
    /// <param name="watch">The set.</param>
    /// <param name="keys">Gets the keys of those that happened.</param>
    /// <param name="milliseconds">How long at most.</param>
    /// <returns>How many there are; 0 if the time is over or a signal came.</returns>
    public static unsafe int WaitForEvents(DescriptorHandle watch, long[] keys, int milliseconds)
    {
        byte* events = stackalloc byte[keys.Length * EventBytes];
        int count = EpollWaitNative(watch, events, keys.Length, milliseconds);
        for (int i = 0; i < count; i++)
            keys[i] = *(long*)(events + (i * EventBytes) + EventKeyOffset);
        return count < 0 ? 0 : count;
    }

    /// <summary>Makes a descriptor that another thread makes readable, to end <see cref="WaitForEvents"/>.</summary>
    public static int CreateSignal(out DescriptorHandle signal)
    {
        signal = new DescriptorHandle(EventNative(0, CloseOnExec | NonBlocking));
        return signal.IsInvalid ? Marshal.GetLastWin32Error() : 0;
    }

    /// <summary>Makes it readable.</summary>
    public static void Signal(DescriptorHandle signal) => EventWriteNative(signal, 1);

    /// <summary>Makes it unreadable again.</summary>
    public static void ResetSignal(DescriptorHandle signal) => EventReadNative(signal, out _);

    [DllImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    private static extern int EpollCreateNative(int flags);

    [DllImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    private static extern unsafe int EpollControlNative(DescriptorHandle watch, int operation, DescriptorHandle descriptor, byte* entry);

    [DllImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    private static extern unsafe int EpollWaitNative(DescriptorHandle watch, byte* events, int most, int milliseconds);

    [DllImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    private static extern int EventNative(uint value, int flags);

    [DllImport(Library, EntryPoint = "eventfd_write")]
    private static extern int EventWriteNative(DescriptorHandle signal, ulong value);

    [DllImport(Library, EntryPoint = "eventfd_read")]
    private static extern int EventReadNative(DescriptorHandle signal, out ulong value);
}

using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>The memory of one row: a page that neither side can cut short (protocol 7.8).</summary>
internal static unsafe class LinuxRowMemory
{
    private const int Seals = Libc.SealShrink | Libc.SealGrow | Libc.SealSeals;

    /// <summary>Makes a page of zeros, mapped, sealed; 0 or an errno.</summary>
    public static int TryCreate(out DescriptorHandle memory, out MapHandle? map)
    {
        map = null;
        int error = Libc.CreateMemory("winmmf-row", out memory);
        if (error == 0)
            error = Libc.Fchmod(memory, LinuxFileMode.OwnerOnly);
        if (error == 0)
            error = Libc.SetSize(memory, DoorLayout.RowBytes);
        if (error == 0)
            error = Libc.Mmap(memory, DoorLayout.RowBytes, writable: true, out map);
        if (error == 0)
        {
            // Written once, so that the page is there.
            *map!.Address = 0;
            error = Libc.AddSeals(memory, Seals);
        }

        if (error == 0)
            return 0;
        map?.Dispose();
        map = null;
        memory.Dispose();
        return error;
    }

    /// <summary>Maps a page that came through the door; null if it could be cut short.</summary>
    public static MapHandle? TryMap(DescriptorHandle memory)
    {
        bool isSafe = (Libc.GetSeals(memory) & Libc.SealShrink) != 0 && Libc.GetStatus(memory, out FileStatus status) == 0
            && status.Size >= DoorLayout.RowBytes;
        return isSafe && Libc.Mmap(memory, DoorLayout.RowBytes, writable: true, out MapHandle map) == 0 ? map : null;
    }
}

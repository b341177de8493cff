using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

internal static partial class LibC
{
    public const int AtCurrentFolder = -100;
    public const int DoNotFollow = 0x100;
    public const uint BasicStats = 0x7FF;

    /// <summary>What a name stands for. statx and not lstat: its structure is the same on every architecture. 0 or -1.</summary>
    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int folder, string path, int flags, uint mask, out FileStatus status);
}

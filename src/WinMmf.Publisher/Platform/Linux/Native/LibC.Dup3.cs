using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

internal static partial class LibC
{
    public const int CloseOnExecute = 0x80000;

    /// <summary>Makes the second descriptor lead to where the first one leads; -1 where that failed.</summary>
    [LibraryImport(Library, EntryPoint = "dup3", SetLastError = true)]
    public static partial int Duplicate(SafeHandle from, int to, int flags);
}

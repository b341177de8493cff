using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

internal static partial class LibC
{
    /// <summary>Begins a session of our own: the session's number, or -1.</summary>
    [LibraryImport(Library, EntryPoint = "setsid", SetLastError = true)]
    public static partial int CreateSession();
}

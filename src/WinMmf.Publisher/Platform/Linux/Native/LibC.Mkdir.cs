using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

internal static partial class LibC
{
    /// <summary>Makes a folder; unlike .NET's way it says whether it was there already. 0 or -1.</summary>
    [LibraryImport(Library, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolder(string path, uint mode);
}

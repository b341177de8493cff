using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Linux.Native;

internal static partial class LibC
{
    /// <summary>The user whose rights this process has.</summary>
    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}

using System.Runtime.InteropServices;

namespace WinMmf.Publisher.Platform.Windows.Native;

internal static partial class WinMM
{
    /// <summary>Takes the same request back.</summary>
    [LibraryImport(Library, EntryPoint = "timeEndPeriod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial uint TimeEndPeriod(uint milliseconds);
}
